/** Made from apis/testdata/openapi.golden.json by `npm run types`. */
export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public keys by which tokens of the host's tenant verify */
        get: operations["getWell-knownJwksJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/accounts/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** What happened to an account, the newest first */
        get: operations["getConsoleApiAccountsIdTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/accounts/{id}/why": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Why an account could, or could not, sign in to an application now */
        get: operations["getConsoleApiAccountsIdWhy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search the audit log, the newest lines first; the machine reads it in order */
        get: operations["getConsoleApiAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/backups/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The backups in the place that is set, the newest first */
        get: operations["getConsoleApiBackupsFiles"];
        put?: never;
        /** Begin to make a backup in that place */
        post: operations["postConsoleApiBackupsFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/backups/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Download a backup from that place, as it lies there */
        get: operations["getConsoleApiBackupsFilesId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/backups/stage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to check such a backup and to stage it for the next start */
        post: operations["postConsoleApiBackupsStage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/backups/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to upload a backup */
        post: operations["postConsoleApiBackupsUpload"];
        /** Discard it */
        delete: operations["deleteConsoleApiBackupsUpload"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/backups/upload/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The next piece of it, from the byte ?at= on: application/octet-stream */
        post: operations["postConsoleApiBackupsUploadId"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/backups/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to verify a backup of that place, or the uploaded one */
        post: operations["postConsoleApiBackupsVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/backups/work": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is being done with backups, or was last */
        get: operations["getConsoleApiBackupsWork"];
        put?: never;
        post?: never;
        /** Cancel it; forget what has ended */
        delete: operations["deleteConsoleApiBackupsWork"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/caughtMails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mails that were written to the folder, the newest first */
        get: operations["getConsoleApiCaughtMails"];
        put?: never;
        post?: never;
        /** Delete the mails that were written to the folder */
        delete: operations["deleteConsoleApiCaughtMails"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/caughtMails/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** A mail that was written to the folder */
        get: operations["getConsoleApiCaughtMailsId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/caughtMails/{id}/raw": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** The file of a mail that was written to the folder */
        get: operations["getConsoleApiCaughtMailsIdRaw"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many records there are, by kind */
        get: operations["getConsoleApiCounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/exports/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts as an import takes them, without passwords */
        get: operations["getConsoleApiExportsAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/extensions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What plugins add to the console */
        get: operations["getConsoleApiExtensions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to import accounts into a directory, or to rehearse that */
        post: operations["postConsoleApiImports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/imports/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See what the first records of a file of accounts hold */
        post: operations["postConsoleApiImportsLook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import some records of a file, in the import that was begun */
        post: operations["postConsoleApiImportsId"];
        /** End an import: nothing more of it comes, and what was rehearsed is thrown away */
        delete: operations["deleteConsoleApiImportsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs that wait, the soonest due first, or that were given up, the last one first */
        get: operations["getConsoleApiJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/jobs/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many jobs wait and how many were given up, by kind */
        get: operations["getConsoleApiJobsKinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/jobs/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the jobs of a kind that were given up tried again, at most 1000 at a time */
        post: operations["postConsoleApiJobsRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Discard a job that was given up */
        delete: operations["deleteConsoleApiJobsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a job that was given up tried again */
        post: operations["postConsoleApiJobsIdRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out of the console */
        post: operations["postConsoleApiLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/mailing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How mails are sent where the tenant has no server of its own */
        get: operations["getConsoleApiMailing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in to the console */
        get: operations["getConsoleApiMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/otherTenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The other tenants of the server that have a console */
        get: operations["getConsoleApiOtherTenants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find records by name, address or id */
        get: operations["getConsoleApiSearch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Live sessions of all accounts, the newest first */
        get: operations["getConsoleApiSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The settings of the server, and where each comes from */
        get: operations["getConsoleApiSettings"];
        put?: never;
        /** Keep values of settings, by their names; null takes one back */
        post: operations["postConsoleApiSettings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/signIns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Attempts to sign in, the newest first */
        get: operations["getConsoleApiSignIns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tenant at a glance: sign-ins, what waits, and what is wrong now */
        get: operations["getConsoleApiStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/api/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the server is, how it does, and how it is reached */
        get: operations["getConsoleApiSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/docs/{page}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                page: string;
            };
            cookie?: never;
        };
        /** A page of the handbook */
        get: operations["getConsoleDocsPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is alive */
        get: operations["getHealthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics as Prometheus text, for callers on this machine */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests can be answered */
        get: operations["getReadyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accountCreationPolicies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one AccountCreationPolicy */
        get: operations["getAccountCreationPoliciesId"];
        put?: never;
        /** Change one AccountCreationPolicy */
        post: operations["postAccountCreationPoliciesId"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accountCreationPolicies/{id}/verificationEmailTemplates": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the one template of a mail */
        get: operations["getAccountCreationPoliciesIdVerificationEmailTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accountCreationPolicies/{id}/verificationSuccessEmailTemplates": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the one template of a mail */
        get: operations["getAccountCreationPoliciesIdVerificationSuccessEmailTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accountCreationPolicies/{id}/welcomeEmailTemplates": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the one template of a mail */
        get: operations["getAccountCreationPoliciesIdWelcomeEmailTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accountLinkingPolicies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one AccountLinkingPolicy */
        get: operations["getAccountLinkingPoliciesId"];
        put?: never;
        /** Change one AccountLinkingPolicy */
        post: operations["postAccountLinkingPoliciesId"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accountLinks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Link two accounts */
        post: operations["postAccountLinks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accountLinks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one AccountLink */
        get: operations["getAccountLinksId"];
        put?: never;
        post?: never;
        /** Delete one AccountLink */
        delete: operations["deleteAccountLinksId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accountStoreMappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Map an account store to an application, or to an organization as the body says */
        post: operations["postAccountStoreMappings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accountStoreMappings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one AccountStoreMapping */
        get: operations["getAccountStoreMappingsId"];
        put?: never;
        /** Change one AccountStoreMapping */
        post: operations["postAccountStoreMappingsId"];
        /** Delete one AccountStoreMapping */
        delete: operations["deleteAccountStoreMappingsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/emailVerificationTokens/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify the address of an account by the token that was sent to it, once */
        post: operations["postAccountsEmailVerificationTokensToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Account */
        get: operations["getAccountsId"];
        put?: never;
        /** Change one Account */
        post: operations["postAccountsId"];
        /** Delete one Account */
        delete: operations["deleteAccountsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/accessTokens": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Empty until it is built */
        get: operations["getAccountsIdAccessTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/accountLinks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the links of an account */
        get: operations["getAccountsIdAccountLinks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/apiKeys": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List an account's keys */
        get: operations["getAccountsIdApiKeys"];
        put?: never;
        /** Make an ApiKey for an account */
        post: operations["postAccountsIdApiKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the applications that an account can sign in to */
        get: operations["getAccountsIdApplications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List what an account has agreed to */
        get: operations["getAccountsIdConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/customData": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read the custom data of one Account */
        get: operations["getAccountsIdCustomData"];
        put?: never;
        /** Set keys of the custom data of one Account */
        post: operations["postAccountsIdCustomData"];
        /** Empty the custom data of one Account */
        delete: operations["deleteAccountsIdCustomData"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/customData/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a key of the custom data of one Account */
        delete: operations["deleteAccountsIdCustomDataKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/emailChanges": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write to an address that an account is to get */
        post: operations["postAccountsIdEmailChanges"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/factors": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Empty until it is built */
        get: operations["getAccountsIdFactors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List an account's grants to clients */
        get: operations["getAccountsIdGrants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/groupMemberships": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the memberships of an account */
        get: operations["getAccountsIdGroupMemberships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the groups of an account */
        get: operations["getAccountsIdGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/linkedAccounts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the accounts that an account is linked to */
        get: operations["getAccountsIdLinkedAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/mails": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the mails to an account's owner */
        get: operations["getAccountsIdMails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/phones": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Empty until it is built */
        get: operations["getAccountsIdPhones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/providerData": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** The defaults, until it is built */
        get: operations["getAccountsIdProviderData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/refreshTokens": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Empty until it is built */
        get: operations["getAccountsIdRefreshTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List an account's sessions */
        get: operations["getAccountsIdSessions"];
        put?: never;
        post?: never;
        /** End all that an account has signed in to */
        delete: operations["deleteAccountsIdSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apiKeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one ApiKey */
        get: operations["getApiKeysId"];
        put?: never;
        /** Change one ApiKey */
        post: operations["postApiKeysId"];
        /** Delete one ApiKey */
        delete: operations["deleteApiKeysId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applicationWebConfigs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** The defaults, until it is built */
        get: operations["getApplicationWebConfigsId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an Application */
        post: operations["postApplications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Application */
        get: operations["getApplicationsId"];
        put?: never;
        /** Change one Application */
        post: operations["postApplicationsId"];
        /** Delete one Application */
        delete: operations["deleteApplicationsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/accountStoreMappings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List an application's account stores in the order of login */
        get: operations["getApplicationsIdAccountStoreMappings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the accounts that one Application sees */
        get: operations["getApplicationsIdAccounts"];
        put?: never;
        /** Make an Account */
        post: operations["postApplicationsIdAccounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/apiKeys": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Find an API key whose account may use the application */
        get: operations["getApplicationsIdApiKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/branding": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Branding */
        get: operations["getApplicationsIdBranding"];
        put?: never;
        /** Change one Branding */
        post: operations["postApplicationsIdBranding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/clients": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List an application's clients */
        get: operations["getApplicationsIdClients"];
        put?: never;
        /** Make a Client of an application */
        post: operations["postApplicationsIdClients"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/customData": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read the custom data of one Application */
        get: operations["getApplicationsIdCustomData"];
        put?: never;
        /** Set keys of the custom data of one Application */
        post: operations["postApplicationsIdCustomData"];
        /** Empty the custom data of one Application */
        delete: operations["deleteApplicationsIdCustomData"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/customData/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a key of the custom data of one Application */
        delete: operations["deleteApplicationsIdCustomDataKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/domains": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List an application's domains */
        get: operations["getApplicationsIdDomains"];
        put?: never;
        /** Serve an application's pages at a host or a path */
        post: operations["postApplicationsIdDomains"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the groups that one Application sees */
        get: operations["getApplicationsIdGroups"];
        put?: never;
        /** Make a Group in the default store of one Application */
        post: operations["postApplicationsIdGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/loginAttempts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check a user name or e-mail and a password */
        post: operations["postApplicationsIdLoginAttempts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/pageTemplates": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the pages of which an application may have its own */
        get: operations["getApplicationsIdPageTemplates"];
        put?: never;
        /** Put a template in place of a page */
        post: operations["postApplicationsIdPageTemplates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/passwordResetTokens": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a token by which an account's owner can set a new password */
        post: operations["postApplicationsIdPasswordResetTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/passwordResetTokens/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                token: string;
            };
            cookie?: never;
        };
        /** Tell whose a password reset token is */
        get: operations["getApplicationsIdPasswordResetTokensToken"];
        put?: never;
        /** Set a new password with a token, once */
        post: operations["postApplicationsIdPasswordResetTokensToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/resources": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List an application's resources */
        get: operations["getApplicationsIdResources"];
        put?: never;
        /** Make a Resource of an application */
        post: operations["postApplicationsIdResources"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/verificationEmails": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a new token made by which an account's owner verifies its address */
        post: operations["postApplicationsIdVerificationEmails"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/brandings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Branding */
        get: operations["getBrandingsId"];
        put?: never;
        /** Change one Branding */
        post: operations["postBrandingsId"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/brandings/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show what a page looks like with a Branding that is not kept, and what is wrong with it */
        post: operations["postBrandingsIdPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Client */
        get: operations["getClientsId"];
        put?: never;
        /** Change one Client */
        post: operations["postClientsId"];
        /** Delete one Client */
        delete: operations["deleteClientsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clients/{id}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a Client a new secret */
        post: operations["postClientsIdSecrets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Consent */
        get: operations["getConsentsId"];
        put?: never;
        post?: never;
        /** Delete one Consent */
        delete: operations["deleteConsentsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a Directory */
        post: operations["postDirectories"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directories/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Directory */
        get: operations["getDirectoriesId"];
        put?: never;
        /** Change one Directory */
        post: operations["postDirectoriesId"];
        /** Delete one Directory */
        delete: operations["deleteDirectoriesId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directories/{id}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List a directory's accounts */
        get: operations["getDirectoriesIdAccounts"];
        put?: never;
        /** Make an Account */
        post: operations["postDirectoriesIdAccounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directories/{id}/applicationMappings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the mappings of a directory to applications */
        get: operations["getDirectoriesIdApplicationMappings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directories/{id}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the applications that map a directory */
        get: operations["getDirectoriesIdApplications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directories/{id}/customData": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read the custom data of one Directory */
        get: operations["getDirectoriesIdCustomData"];
        put?: never;
        /** Set keys of the custom data of one Directory */
        post: operations["postDirectoriesIdCustomData"];
        /** Empty the custom data of one Directory */
        delete: operations["deleteDirectoriesIdCustomData"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directories/{id}/customData/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a key of the custom data of one Directory */
        delete: operations["deleteDirectoriesIdCustomDataKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directories/{id}/emailTemplates": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the templates of all mails of a directory */
        get: operations["getDirectoriesIdEmailTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directories/{id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List a directory's groups */
        get: operations["getDirectoriesIdGroups"];
        put?: never;
        /** Make a Group */
        post: operations["postDirectoriesIdGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directories/{id}/organizationMappings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the mappings of a directory to organizations */
        get: operations["getDirectoriesIdOrganizationMappings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directories/{id}/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the organizations that map a directory */
        get: operations["getDirectoriesIdOrganizations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directories/{id}/provider": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Provider */
        get: operations["getDirectoriesIdProvider"];
        put?: never;
        /** Change one Provider */
        post: operations["postDirectoriesIdProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/domains/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Domain */
        get: operations["getDomainsId"];
        put?: never;
        /** Change one Domain */
        post: operations["postDomainsId"];
        /** Delete one Domain */
        delete: operations["deleteDomainsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/emailTemplates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one EmailTemplate */
        get: operations["getEmailTemplatesId"];
        put?: never;
        /** Change one EmailTemplate */
        post: operations["postEmailTemplatesId"];
        /** Delete one EmailTemplate */
        delete: operations["deleteEmailTemplatesId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/emailTemplates/{id}/original": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read the text that the server comes with, in a language */
        get: operations["getEmailTemplatesIdOriginal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/emailTemplates/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show what a mail of a template looks like, and what is wrong with it */
        post: operations["postEmailTemplatesIdPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/emailTemplates/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a mail of a template to oneself, or to an address */
        post: operations["postEmailTemplatesIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the tenant's events after a sequence number, or wait for some */
        get: operations["getEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tenant's events as server-sent events */
        get: operations["getEventsStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fields/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Field */
        get: operations["getFieldsId"];
        put?: never;
        /** Change one Field */
        post: operations["postFieldsId"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/grants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Grant */
        get: operations["getGrantsId"];
        put?: never;
        post?: never;
        /** End one Grant */
        delete: operations["deleteGrantsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groupMemberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put an account into a group */
        post: operations["postGroupMemberships"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groupMemberships/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one GroupMembership */
        get: operations["getGroupMembershipsId"];
        put?: never;
        post?: never;
        /** Delete one GroupMembership */
        delete: operations["deleteGroupMembershipsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Group */
        get: operations["getGroupsId"];
        put?: never;
        /** Change one Group */
        post: operations["postGroupsId"];
        /** Delete one Group */
        delete: operations["deleteGroupsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/{id}/accountMemberships": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the memberships of a group */
        get: operations["getGroupsIdAccountMemberships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/{id}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the accounts in a group */
        get: operations["getGroupsIdAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/{id}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the applications that show a group */
        get: operations["getGroupsIdApplications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/{id}/customData": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read the custom data of one Group */
        get: operations["getGroupsIdCustomData"];
        put?: never;
        /** Set keys of the custom data of one Group */
        post: operations["postGroupsIdCustomData"];
        /** Empty the custom data of one Group */
        delete: operations["deleteGroupsIdCustomData"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/groups/{id}/customData/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a key of the custom data of one Group */
        delete: operations["deleteGroupsIdCustomDataKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mails/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Mail */
        get: operations["getMailsId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oAuthPolicies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** The defaults, until it is built */
        get: operations["getOAuthPoliciesId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This interface as an OpenAPI 3.1 document */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tenant's operators */
        get: operations["getOperators"];
        put?: never;
        /** Make an account an operator */
        post: operations["postOperators"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Operator */
        get: operations["getOperatorsId"];
        put?: never;
        /** Give an operator another role */
        post: operations["postOperatorsId"];
        /** Delete one Operator */
        delete: operations["deleteOperatorsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operators/{id}/apiKeys": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List an operator's MANAGEMENT keys */
        get: operations["getOperatorsIdApiKeys"];
        put?: never;
        /** Make a MANAGEMENT key for an operator */
        post: operations["postOperatorsIdApiKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizationAccountStoreMappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Map an account store to an organization */
        post: operations["postOrganizationAccountStoreMappings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizationAccountStoreMappings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one OrganizationAccountStoreMapping */
        get: operations["getOrganizationAccountStoreMappingsId"];
        put?: never;
        /** Change one OrganizationAccountStoreMapping */
        post: operations["postOrganizationAccountStoreMappingsId"];
        /** Delete one OrganizationAccountStoreMapping */
        delete: operations["deleteOrganizationAccountStoreMappingsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an Organization */
        post: operations["postOrganizations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Organization */
        get: operations["getOrganizationsId"];
        put?: never;
        /** Change one Organization */
        post: operations["postOrganizationsId"];
        /** Delete one Organization */
        delete: operations["deleteOrganizationsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/accountStoreMappings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List an organization's account stores in the order of login */
        get: operations["getOrganizationsIdAccountStoreMappings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the accounts that one Organization sees */
        get: operations["getOrganizationsIdAccounts"];
        put?: never;
        /** Make an Account */
        post: operations["postOrganizationsIdAccounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/branding": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Branding */
        get: operations["getOrganizationsIdBranding"];
        put?: never;
        /** Change one Branding */
        post: operations["postOrganizationsIdBranding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/customData": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read the custom data of one Organization */
        get: operations["getOrganizationsIdCustomData"];
        put?: never;
        /** Set keys of the custom data of one Organization */
        post: operations["postOrganizationsIdCustomData"];
        /** Empty the custom data of one Organization */
        delete: operations["deleteOrganizationsIdCustomData"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/customData/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a key of the custom data of one Organization */
        delete: operations["deleteOrganizationsIdCustomDataKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the groups that one Organization sees */
        get: operations["getOrganizationsIdGroups"];
        put?: never;
        /** Make a Group in the default store of one Organization */
        post: operations["postOrganizationsIdGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pageTemplates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one PageTemplate, or the page as it is */
        get: operations["getPageTemplatesId"];
        put?: never;
        /** Change one PageTemplate */
        post: operations["postPageTemplatesId"];
        /** Delete one PageTemplate */
        delete: operations["deletePageTemplatesId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pageTemplates/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show what a page of a template looks like, and what is wrong with it */
        post: operations["postPageTemplatesIdPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passwordPolicies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one PasswordPolicy */
        get: operations["getPasswordPoliciesId"];
        put?: never;
        /** Change one PasswordPolicy */
        post: operations["postPasswordPoliciesId"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passwordPolicies/{id}/resetEmailTemplates": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the one template of a mail */
        get: operations["getPasswordPoliciesIdResetEmailTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passwordPolicies/{id}/resetSuccessEmailTemplates": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the one template of a mail */
        get: operations["getPasswordPoliciesIdResetSuccessEmailTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/passwordPolicies/{id}/strength": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one PasswordStrength */
        get: operations["getPasswordPoliciesIdStrength"];
        put?: never;
        /** Change one PasswordStrength */
        post: operations["postPasswordPoliciesIdStrength"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/resources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Resource */
        get: operations["getResourcesId"];
        put?: never;
        /** Change one Resource */
        post: operations["postResourcesId"];
        /** Delete one Resource */
        delete: operations["deleteResourcesId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/samlPolicies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** The defaults, until it is built */
        get: operations["getSamlPoliciesId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schemas/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one AccountSchema */
        get: operations["getSchemasId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schemas/{id}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List what the accounts of a directory may have to have */
        get: operations["getSchemasIdFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Session */
        get: operations["getSessionsId"];
        put?: never;
        post?: never;
        /** End one Session */
        delete: operations["deleteSessionsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signingKeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tenant's signing keys */
        get: operations["getSigningKeys"];
        put?: never;
        /** Make the next signing key of an algorithm, which signs a day later, or the first */
        post: operations["postSigningKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signingKeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one SigningKey */
        get: operations["getSigningKeysId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signingKeys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a signing key now, and what was given before */
        post: operations["postSigningKeysIdRevoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/smtpServers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the tenant's SmtpServer, once it has been reached */
        post: operations["postSmtpServers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/smtpServers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one SmtpServer */
        get: operations["getSmtpServersId"];
        put?: never;
        /** Change one SmtpServer, once it has been reached */
        post: operations["postSmtpServersId"];
        /** Delete one SmtpServer */
        delete: operations["deleteSmtpServersId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Redirect to the caller's tenant */
        get: operations["getTenantsCurrent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read one Tenant */
        get: operations["getTenantsId"];
        put?: never;
        /** Change one Tenant */
        post: operations["postTenantsId"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the tenant's accounts */
        get: operations["getTenantsIdAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/agents": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Empty until it is built */
        get: operations["getTenantsIdAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the tenant's applications */
        get: operations["getTenantsIdApplications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/customData": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Read the custom data of one Tenant */
        get: operations["getTenantsIdCustomData"];
        put?: never;
        /** Set keys of the custom data of one Tenant */
        post: operations["postTenantsIdCustomData"];
        /** Empty the custom data of one Tenant */
        delete: operations["deleteTenantsIdCustomData"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/customData/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a key of the custom data of one Tenant */
        delete: operations["deleteTenantsIdCustomDataKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/directories": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the tenant's directories */
        get: operations["getTenantsIdDirectories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the tenant's groups */
        get: operations["getTenantsIdGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/idSites": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Empty until it is built */
        get: operations["getTenantsIdIdSites"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/mails": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the tenant's mails, the newest first */
        get: operations["getTenantsIdMails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the tenant's organizations */
        get: operations["getTenantsIdOrganizations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/phones": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Empty until it is built */
        get: operations["getTenantsIdPhones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/registeredSamlServiceProviders": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** Empty until it is built */
        get: operations["getTenantsIdRegisteredSamlServiceProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/smtpServers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** List the tenant's SmtpServer, if it has one */
        get: operations["getTenantsIdSmtpServers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Account: {
            accessTokens: components["schemas"]["Link"] | components["schemas"]["EmptyList"];
            accountLinks: components["schemas"]["Link"] | components["schemas"]["AccountLinkList"];
            apiKeys: components["schemas"]["Link"] | components["schemas"]["ApiKeyList"];
            applications: components["schemas"]["Link"] | components["schemas"]["ApplicationList"];
            /** Format: date-time */
            readonly createdAt: string;
            customData: components["schemas"]["Link"] | components["schemas"]["CustomData"];
            readonly directory: components["schemas"]["Link"] | components["schemas"]["Directory"];
            email: string | null;
            /** @enum {string} */
            emailVerificationStatus: "VERIFIED" | "UNVERIFIED" | "UNKNOWN";
            emailVerificationToken?: unknown;
            factors: components["schemas"]["Link"] | components["schemas"]["EmptyList"];
            fullName?: string;
            givenName: string | null;
            groupMemberships: components["schemas"]["Link"] | components["schemas"]["GroupMembershipList"];
            groups: components["schemas"]["Link"] | components["schemas"]["GroupList"];
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            linkedAccounts: components["schemas"]["Link"] | components["schemas"]["AccountList"];
            middleName: string | null;
            /** Format: date-time */
            readonly modifiedAt: string;
            readonly number: number;
            /** Format: date-time */
            readonly passwordModifiedAt: string | null;
            phones: components["schemas"]["Link"] | components["schemas"]["EmptyList"];
            providerData: components["schemas"]["Link"] | components["schemas"]["ProviderData"];
            refreshTokens: components["schemas"]["Link"] | components["schemas"]["EmptyList"];
            /** @enum {string} */
            status: "ENABLED" | "DISABLED" | "UNVERIFIED";
            surname: string | null;
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
            username: string;
        };
        AccountCreationPolicy: {
            /** Format: date-time */
            readonly createdAt: string;
            emailDomainBlacklist: string[];
            emailDomainWhitelist: string[];
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            /** @enum {string} */
            verificationEmailStatus: "ENABLED" | "DISABLED" | "UNVERIFIED";
            verificationEmailTemplates: components["schemas"]["Link"] | components["schemas"]["EmailTemplateList"];
            /** @enum {string} */
            verificationSuccessEmailStatus: "ENABLED" | "DISABLED" | "UNVERIFIED";
            verificationSuccessEmailTemplates: components["schemas"]["Link"] | components["schemas"]["EmailTemplateList"];
            /** @enum {string} */
            welcomeEmailStatus: "ENABLED" | "DISABLED" | "UNVERIFIED";
            welcomeEmailTemplates: components["schemas"]["Link"] | components["schemas"]["EmailTemplateList"];
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        AccountCreationPolicyInput: {
            emailDomainBlacklist?: string[];
            emailDomainWhitelist?: string[];
            /** @enum {string} */
            verificationEmailStatus?: "ENABLED" | "DISABLED" | "UNVERIFIED";
            /** @enum {string} */
            verificationSuccessEmailStatus?: "ENABLED" | "DISABLED" | "UNVERIFIED";
            /** @enum {string} */
            welcomeEmailStatus?: "ENABLED" | "DISABLED" | "UNVERIFIED";
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        AccountInput: {
            /** @description Keys to set of its custom data. */
            customData?: Record<string, never>;
            email?: string | null;
            /** @enum {string} */
            emailVerificationStatus?: "VERIFIED" | "UNVERIFIED" | "UNKNOWN";
            givenName?: string | null;
            middleName?: string | null;
            password?: string;
            /** @enum {string} */
            status?: "ENABLED" | "DISABLED" | "UNVERIFIED";
            surname?: string | null;
            username?: string;
        };
        AccountLink: {
            /** Format: date-time */
            readonly createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            leftAccount: components["schemas"]["Link"] | components["schemas"]["Account"];
            /** Format: date-time */
            readonly modifiedAt: string;
            rightAccount: components["schemas"]["Link"] | components["schemas"]["Account"];
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        AccountLinkInput: {
            /** @description Set when it is made, and never again. */
            leftAccount?: components["schemas"]["Link"];
            /** @description Set when it is made, and never again. */
            rightAccount?: components["schemas"]["Link"];
        };
        AccountLinkList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["AccountLink"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        AccountLinkingPolicy: {
            /** @enum {string} */
            automaticProvisioning: "ENABLED" | "DISABLED" | "UNVERIFIED";
            /** Format: date-time */
            readonly createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            matchingProperty: string | null;
            /** Format: date-time */
            readonly modifiedAt: string;
            /** @enum {string} */
            status: "ENABLED" | "DISABLED" | "UNVERIFIED";
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        AccountLinkingPolicyInput: {
            /** @enum {string} */
            automaticProvisioning?: "ENABLED" | "DISABLED" | "UNVERIFIED";
            matchingProperty?: string | null;
            /** @enum {string} */
            status?: "ENABLED" | "DISABLED" | "UNVERIFIED";
        };
        AccountList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Account"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        AccountSchema: {
            /** Format: date-time */
            readonly createdAt: string;
            directory: components["schemas"]["Link"] | components["schemas"]["Directory"];
            fields: components["schemas"]["Link"] | components["schemas"]["FieldList"];
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            readonly modifiedAt: string;
        };
        AccountStoreMapping: {
            accountStore: components["schemas"]["Link"] | components["schemas"]["Resource"];
            application: components["schemas"]["Link"] | components["schemas"]["Application"];
            /** Format: date-time */
            readonly createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            isDefaultAccountStore: boolean;
            isDefaultGroupStore: boolean;
            listIndex: number;
            /** Format: date-time */
            readonly modifiedAt: string;
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        AccountStoreMappingInput: {
            /** @description Set when it is made, and never again. */
            accountStore?: components["schemas"]["Link"];
            /** @description Set when it is made, and never again. */
            application?: components["schemas"]["Link"];
            isDefaultAccountStore?: boolean;
            isDefaultGroupStore?: boolean;
            listIndex?: number;
        };
        AccountStoreMappingList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["AccountStoreMapping"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        ApiKey: {
            readonly account: components["schemas"]["Link"] | components["schemas"]["Account"];
            caps?: Record<string, never>;
            /** Format: date-time */
            readonly createdAt: string;
            description: string | null;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            id?: string;
            kind?: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            name: string | null;
            secret?: string | null;
            /** @enum {string} */
            status: "ENABLED" | "DISABLED" | "UNVERIFIED";
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        ApiKeyInput: {
            description?: string | null;
            name?: string | null;
            /** @enum {string} */
            status?: "ENABLED" | "DISABLED" | "UNVERIFIED";
        };
        ApiKeyList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["ApiKey"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        Application: {
            accountLinkingPolicy: components["schemas"]["Link"] | components["schemas"]["AccountLinkingPolicy"];
            accountStoreMappings: components["schemas"]["Link"] | components["schemas"]["AccountStoreMappingList"];
            accounts: components["schemas"]["Link"] | components["schemas"]["AccountList"];
            apiKeys: components["schemas"]["Link"] | components["schemas"]["ApiKeyList"];
            authTokens: components["schemas"]["Link"];
            authorizedCallbackUris: string[];
            authorizedOriginUris: string[];
            /** Format: date-time */
            readonly createdAt: string;
            customData: components["schemas"]["Link"] | components["schemas"]["CustomData"];
            readonly defaultAccountStoreMapping: (components["schemas"]["Link"] | components["schemas"]["AccountStoreMapping"]) | null;
            readonly defaultGroupStoreMapping: (components["schemas"]["Link"] | components["schemas"]["AccountStoreMapping"]) | null;
            description: string | null;
            groups: components["schemas"]["Link"] | components["schemas"]["GroupList"];
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            loginAttempts: components["schemas"]["Link"];
            /** Format: date-time */
            readonly modifiedAt: string;
            name: string;
            oAuthPolicy: components["schemas"]["Link"] | components["schemas"]["OAuthPolicy"];
            passwordResetTokens: components["schemas"]["Link"];
            samlPolicy: components["schemas"]["Link"] | components["schemas"]["SamlPolicy"];
            /** @enum {string} */
            status: "ENABLED" | "DISABLED" | "UNVERIFIED";
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
            verificationEmails: components["schemas"]["Link"];
            webConfig: components["schemas"]["Link"] | components["schemas"]["ApplicationWebConfig"];
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        ApplicationInput: {
            authorizedCallbackUris?: string[];
            authorizedOriginUris?: string[];
            /** @description Keys to set of its custom data. */
            customData?: Record<string, never>;
            description?: string | null;
            name?: string;
            /** @enum {string} */
            status?: "ENABLED" | "DISABLED" | "UNVERIFIED";
        };
        ApplicationList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Application"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        ApplicationWebConfig: {
            application: components["schemas"]["Link"] | components["schemas"]["Application"];
            changePassword: Record<string, never>;
            /** Format: date-time */
            createdAt: string;
            dnsLabel: unknown;
            domainName: unknown;
            forgotPassword: Record<string, never>;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            login: Record<string, never>;
            me: Record<string, never>;
            /** Format: date-time */
            modifiedAt: string;
            oauth2: Record<string, never>;
            register: Record<string, never>;
            signingApiKey: unknown;
            status: string;
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
            verifyEmail: Record<string, never>;
        };
        AuditPage: {
            items: {
                action: string;
                actor: {
                    account: string;
                    ip: string;
                    key: string;
                    kind: string;
                    role: string;
                    session: string;
                    userAgent: string;
                };
                /** Format: date-time */
                at: string;
                changes: {
                    field: string;
                    new: unknown;
                    old: unknown;
                }[];
                id: string;
                note: {
                    [key: string]: string;
                };
                outcome: string;
                reason: string;
                requestId: string;
                target: {
                    id: string;
                    kind: string;
                    name: string;
                };
            }[];
            limit: number;
            offset: number;
            size: number;
            whole: boolean;
        };
        BackupFiles: {
            error: string;
            holds: {
                [key: string]: number;
            };
            items: {
                /** Format: date-time */
                at: string;
                name: string;
                size: number;
            }[];
            locked: boolean;
            /** Format: date-time */
            next: string;
            place: string;
            scheduled: boolean;
            state: {
                failed?: string;
                /** Format: date-time */
                failedAt: string;
                /** Format: date-time */
                failedSince: string;
                failures?: number;
                /** Format: date-time */
                last: string;
                name?: string;
                place?: string;
                /** Format: date-time */
                scheduled: string;
                size?: number;
                /** Format: date-time */
                tried: string;
            };
        };
        BackupUpload: {
            id: string;
            name: string;
            piece: number;
            received: number;
            size: number;
        };
        BackupWork: {
            work: {
                /** Format: date-time */
                beganAt: string;
                done: number;
                /** Format: date-time */
                endedAt: string;
                error: string;
                found: {
                    /** Format: date-time */
                    createdAt: string;
                    form: number;
                    holds: {
                        [key: string]: number;
                    };
                    masterKeyId: string;
                    size: number;
                    withMasterKey: boolean;
                } | null;
                kind: string;
                of: string;
                phase: string;
                reason: string;
                size: number;
                state: string;
            } | null;
        };
        Branding: {
            cornerRadius: number;
            /** Format: date-time */
            readonly createdAt: string;
            displayName: string | null;
            favicon: string | null;
            font: string | null;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            logo: string | null;
            /** Format: date-time */
            readonly modifiedAt: string;
            onPrimaryColor: string | null;
            onPrimaryColorDark: string | null;
            primaryColor: string | null;
            primaryColorDark: string | null;
            privacyUrl: string | null;
            supportUrl: string | null;
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
            termsUrl: string | null;
            texts: Record<string, never>;
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        BrandingInput: {
            cornerRadius?: number;
            displayName?: string | null;
            favicon?: string | null;
            font?: string | null;
            logo?: string | null;
            onPrimaryColor?: string | null;
            onPrimaryColorDark?: string | null;
            primaryColor?: string | null;
            primaryColorDark?: string | null;
            privacyUrl?: string | null;
            supportUrl?: string | null;
            termsUrl?: string | null;
            texts?: Record<string, never>;
        };
        CaughtMail: {
            /** Format: date-time */
            at: string;
            broken: string;
            from: string;
            header: {
                name: string;
                value: string;
            }[];
            html: string;
            id: string;
            links: string[];
            size: number;
            subject: string;
            template: string;
            text: string;
            to: string;
        };
        CaughtMailPage: {
            items: {
                /** Format: date-time */
                at: string;
                id: string;
                size: number;
                subject: string;
                template: string;
                to: string;
            }[];
            limit: number;
            offset: number;
            size: number;
            whole: boolean;
        };
        Client: {
            accessTokenLifetime: number;
            allowedOrigins: string[];
            readonly application: components["schemas"]["Link"] | components["schemas"]["Application"];
            backchannelLogoutSessionRequired: boolean;
            backchannelLogoutUri: string | null;
            clientId?: string;
            clientSecret?: string | null;
            /** Format: date-time */
            readonly createdAt: string;
            description: string | null;
            emailClaim: string;
            firstParty: boolean;
            frontchannelLogoutSessionRequired: boolean;
            frontchannelLogoutUri: string | null;
            grantTypes: string[];
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            idTokenClaims: string;
            idTokenLifetime: number;
            idTokenSignedResponseAlg: string;
            jwks: Record<string, never> | null;
            jwksUri: string | null;
            kind: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            name: string;
            postLogoutRedirectUris: string[];
            profile: string;
            redirectUris: string[];
            refreshTokenGrace: number;
            refreshTokenIdle: number;
            refreshTokenLifetime: number;
            scopes: string[];
            /** @enum {string} */
            status: "ENABLED" | "DISABLED" | "UNVERIFIED";
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
            tokenEndpointAuthMethod: string;
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        ClientInput: {
            accessTokenLifetime?: number;
            allowedOrigins?: string[];
            backchannelLogoutSessionRequired?: boolean;
            backchannelLogoutUri?: string | null;
            description?: string | null;
            emailClaim?: string;
            firstParty?: boolean;
            frontchannelLogoutSessionRequired?: boolean;
            frontchannelLogoutUri?: string | null;
            grantTypes?: string[];
            idTokenClaims?: string;
            idTokenLifetime?: number;
            idTokenSignedResponseAlg?: string;
            jwks?: Record<string, never> | null;
            jwksUri?: string | null;
            /** @description Set when it is made, and never again. */
            kind?: string;
            name?: string;
            postLogoutRedirectUris?: string[];
            profile?: string;
            redirectUris?: string[];
            refreshTokenGrace?: number;
            refreshTokenIdle?: number;
            refreshTokenLifetime?: number;
            scopes?: string[];
            /** @enum {string} */
            status?: "ENABLED" | "DISABLED" | "UNVERIFIED";
            tokenEndpointAuthMethod?: string;
        };
        ClientList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Client"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        Consent: {
            readonly account: components["schemas"]["Link"] | components["schemas"]["Account"];
            readonly claims: string[];
            readonly client: components["schemas"]["Link"] | components["schemas"]["Client"];
            /** Format: date-time */
            readonly createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            readonly scopes: string[];
        };
        ConsentList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Consent"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        ConsoleCounts: {
            [key: string]: number;
        };
        ConsoleExtensions: {
            items: {
                name: string;
                script: string;
            }[];
        };
        ConsoleMe: {
            account: {
                email: string;
                fullName: string;
                givenName: string;
                href: string;
                id: string;
                surname: string;
                username: string;
            };
            issuer: string;
            kinds: string[];
            locale: string | null;
            role: string;
            session: {
                /** Format: date-time */
                authenticatedAt: string;
                /** Format: date-time */
                expiresAt: string;
                /** Format: date-time */
                freshUntil: string;
                /** Format: date-time */
                idleExpiresAt: string;
            };
            tenant: {
                href: string;
                id: string;
                key: string;
                name: string;
            };
            version: string;
            whole: boolean;
        };
        ConsoleSearch: {
            items: {
                detail: string;
                href: string;
                id: string;
                kind: string;
                name: string;
            }[];
        };
        ConsoleStats: {
            accounts: {
                all: number;
                disabled: number;
                enabled: number;
                unverified: number;
            };
            /** Format: date-time */
            at: string;
            before: {
                failures: number;
                lostMails: number;
                newAccounts: number;
                signIns: number;
            };
            keys: {
                alg: string;
                /** Format: date-time */
                next: string;
                purpose: string;
                /** Format: date-time */
                since: string;
            }[];
            lostJobs: number;
            mail: {
                leaves: boolean;
                waiting: number;
            };
            points: {
                /** Format: date-time */
                at: string;
                failures: number;
                lostMails: number;
                newAccounts: number;
                signIns: number;
            }[];
            sessions: {
                live: number;
                whole: boolean;
            };
            steps: {
                application: boolean;
                backup: boolean | null;
                mail: boolean;
                operator: boolean;
                people: boolean;
            };
            storage: number | null;
            totals: {
                failures: number;
                lostMails: number;
                newAccounts: number;
                signIns: number;
            };
            warnings: {
                at: string | null;
                code: string;
                count: number;
                level: string;
                name: string;
            }[];
        };
        CustomData: {
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            modifiedAt: string;
        } & {
            [key: string]: unknown;
        };
        Directory: {
            accountCreationPolicy: components["schemas"]["Link"] | components["schemas"]["AccountCreationPolicy"];
            accountSchema: components["schemas"]["Link"] | components["schemas"]["AccountSchema"];
            accounts: components["schemas"]["Link"] | components["schemas"]["AccountList"];
            applicationMappings: components["schemas"]["Link"] | components["schemas"]["AccountStoreMappingList"];
            applications: components["schemas"]["Link"] | components["schemas"]["ApplicationList"];
            /** Format: date-time */
            readonly createdAt: string;
            customData: components["schemas"]["Link"] | components["schemas"]["CustomData"];
            customDataIndexes: string[];
            description: string | null;
            emailRequired: boolean;
            emailUnique: boolean;
            groups: components["schemas"]["Link"] | components["schemas"]["GroupList"];
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            keepsAccounts: boolean;
            /** Format: date-time */
            readonly modifiedAt: string;
            name: string;
            organizationMappings: components["schemas"]["Link"] | components["schemas"]["OrganizationAccountStoreMappingList"];
            organizations: components["schemas"]["Link"] | components["schemas"]["OrganizationList"];
            passwordPolicy: components["schemas"]["Link"] | components["schemas"]["PasswordPolicy"];
            provider: components["schemas"]["Link"] | components["schemas"]["Provider"];
            /** @enum {string} */
            status: "ENABLED" | "DISABLED" | "UNVERIFIED";
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
            usernameCaseSensitive: boolean;
            usernameDefault: boolean;
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        DirectoryInput: {
            /** @description Keys to set of its custom data. */
            customData?: Record<string, never>;
            customDataIndexes?: string[];
            description?: string | null;
            /** @description Set when it is made, and never again. */
            emailRequired?: boolean;
            /** @description Set when it is made, and never again. */
            emailUnique?: boolean;
            keepsAccounts?: boolean;
            name?: string;
            /** @enum {string} */
            status?: "ENABLED" | "DISABLED" | "UNVERIFIED";
            /** @description Set when it is made, and never again. */
            usernameCaseSensitive?: boolean;
            /** @description Set when it is made, and never again. */
            usernameDefault?: boolean;
        };
        DirectoryList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Directory"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        Domain: {
            readonly application: components["schemas"]["Link"] | components["schemas"]["Application"];
            /** Format: date-time */
            readonly createdAt: string;
            host: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            organization: (components["schemas"]["Link"] | components["schemas"]["Organization"]) | null;
            path: string | null;
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        DomainInput: {
            /** @description Set when it is made, and never again. */
            host?: string;
            organization?: components["schemas"]["Link"];
            /** @description Set when it is made, and never again. */
            path?: string | null;
        };
        DomainList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Domain"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        EmailOriginal: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            htmlBody: string;
            locale: string;
            subject: string;
            textBody: string;
        };
        EmailPreview: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            htmlBody: string;
            problems: unknown[];
            subject: string;
            textBody: string;
        };
        EmailTemplate: {
            /** Format: date-time */
            readonly createdAt: string;
            readonly customized: boolean;
            defaultModel?: Record<string, never>;
            description: string | null;
            fromEmailAddress: string | null;
            fromName: string | null;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            htmlBody: string;
            mimeType: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            name: string;
            subject: string;
            textBody: string;
            translations: Record<string, never>;
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        EmailTemplateInput: {
            description?: string | null;
            fromEmailAddress?: string | null;
            fromName?: string | null;
            htmlBody?: string;
            mimeType?: string;
            name?: string;
            subject?: string;
            textBody?: string;
            translations?: Record<string, never>;
        };
        EmailTemplateList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["EmailTemplate"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        EmptyList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: unknown[];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        /** @description Why a request was refused. The message may be shown to people. */
        Error: {
            /** @description What exactly was wrong; the HTTP status where no code says it. */
            code: number;
            developerMessage: string;
            /** @description The name of the error, for the console. */
            error?: string;
            /** @description The field that the message is about, for the console. */
            field?: string;
            /** @description What is wrong with each field, for the console. */
            fields?: {
                [key: string]: string;
            };
            message: string;
            /** Format: uri */
            moreInfo: string;
            /** @description How many characters a password needs, of the kind that the message names, for the console. */
            need?: number;
            /** @description Under which the server logged and audited the request. */
            requestId: string;
            /** @description The HTTP status. */
            status: number;
        };
        EventPage: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: unknown[];
            last: number;
            more: boolean;
        };
        EventStream: {
            changed: unknown[];
            id: string;
            record: Record<string, never>;
            sequence: number;
            /** Format: date-time */
            timestamp: string;
            type: string;
        };
        ExportedAccounts: {
            items: {
                /** Format: date-time */
                createdAt: string;
                customData?: {
                    [key: string]: unknown;
                };
                directory: string;
                email?: string;
                emailVerified: boolean;
                givenName?: string;
                groups?: string[];
                id: string;
                middleName?: string;
                status: string;
                surname?: string;
                username?: string;
            }[];
            next: string;
            size: number;
        };
        Field: {
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            modifiedAt: string;
            name: string;
            required: boolean;
            schema: components["schemas"]["Link"] | components["schemas"]["AccountSchema"];
        };
        FieldList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Field"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        Grant: {
            readonly account: (components["schemas"]["Link"] | components["schemas"]["Account"]) | null;
            readonly application: (components["schemas"]["Link"] | components["schemas"]["Application"]) | null;
            readonly client: (components["schemas"]["Link"] | components["schemas"]["Client"]) | null;
            /** Format: date-time */
            readonly createdAt: string;
            readonly endedAt: (string | null) | null;
            /** Format: date-time */
            readonly expiresAt: string | null;
            readonly from: (components["schemas"]["Link"] | components["schemas"]["Account"]) | null;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            readonly key: (components["schemas"]["Link"] | components["schemas"]["ApiKey"]) | null;
            /** Format: date-time */
            readonly modifiedAt: string;
            readonly offline: boolean;
            readonly organization: (components["schemas"]["Link"] | components["schemas"]["Organization"]) | null;
            readonly resource: (components["schemas"]["Link"] | components["schemas"]["Resource"]) | null;
            readonly scopes: string[];
            readonly sub: string;
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
            readonly why: string | null;
        };
        GrantList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Grant"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        Group: {
            accountMemberships: components["schemas"]["Link"] | components["schemas"]["GroupMembershipList"];
            accounts: components["schemas"]["Link"] | components["schemas"]["AccountList"];
            applications: components["schemas"]["Link"] | components["schemas"]["ApplicationList"];
            /** Format: date-time */
            readonly createdAt: string;
            customData: components["schemas"]["Link"] | components["schemas"]["CustomData"];
            description: string | null;
            readonly directory: components["schemas"]["Link"] | components["schemas"]["Directory"];
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            name: string;
            readonly number: number;
            /** @enum {string} */
            status: "ENABLED" | "DISABLED" | "UNVERIFIED";
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        GroupInput: {
            /** @description Keys to set of its custom data. */
            customData?: Record<string, never>;
            description?: string | null;
            name?: string;
            /** @enum {string} */
            status?: "ENABLED" | "DISABLED" | "UNVERIFIED";
        };
        GroupList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Group"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        GroupMembership: {
            account: components["schemas"]["Link"] | components["schemas"]["Account"];
            /** Format: date-time */
            readonly createdAt: string;
            group: components["schemas"]["Link"] | components["schemas"]["Group"];
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            readonly modifiedAt: string;
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        GroupMembershipInput: {
            /** @description Set when it is made, and never again. */
            account?: components["schemas"]["Link"];
            /** @description Set when it is made, and never again. */
            group?: components["schemas"]["Link"];
        };
        GroupMembershipList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["GroupMembership"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        ImportBegun: {
            id: string;
        };
        ImportLook: {
            columns: {
                field: string;
                hashes: {
                    [key: string]: number;
                };
                name: string;
            }[];
            comma: string;
            fields: string[];
            rows: string[][];
            wrong: string[];
        };
        ImportReport: {
            changed: number;
            left: number;
            made: number;
            refused: {
                line: number;
                what: string;
                why: string;
            }[];
            same: number;
            skipped: number;
        };
        JWKS: {
            keys: unknown[];
        };
        JobKinds: {
            items: {
                dead: number;
                failing: number;
                kind: string;
                waiting: number;
            }[];
            whole: boolean;
        };
        JobPage: {
            items: {
                /** Format: date-time */
                due: string;
                error: string;
                id: string;
                kind: string;
                lane: string;
                /** Format: date-time */
                made: string;
                state: string;
                tries: number;
            }[];
            limit: number;
            offset: number;
            size: number;
            whole: boolean;
        };
        /** @description Where something is. With expand it is shown here whole. */
        Link: {
            /** Format: uri */
            href: string;
        };
        LoginAttempt: {
            account: components["schemas"]["Link"] | components["schemas"]["Account"];
        };
        Mail: {
            readonly account: components["schemas"]["Link"] | components["schemas"]["Account"];
            readonly application: (components["schemas"]["Link"] | components["schemas"]["Application"]) | null;
            /** Format: date-time */
            readonly createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            readonly locale: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            readonly reason: string;
            readonly sentAt: (string | null) | null;
            /** @enum {string} */
            readonly status: "QUEUED" | "SENT" | "FAILED";
            readonly subject: string;
            readonly template: string;
            readonly to: string;
            readonly tries: number;
            readonly where: string;
        };
        MailList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Mail"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        Mailing: {
            by: string;
            caught: boolean;
            from: string;
            server: string;
            signed: string;
        };
        OAuthPolicy: {
            accessTokenTtl: string;
            application: components["schemas"]["Link"] | components["schemas"]["Application"];
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            modifiedAt: string;
            refreshTokenTtl: string;
            revocationEndpoint: components["schemas"]["Link"];
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
            tokenEndpoint: components["schemas"]["Link"];
        };
        Operator: {
            account: components["schemas"]["Link"] | components["schemas"]["Account"];
            readonly by: (components["schemas"]["Link"] | components["schemas"]["Account"]) | null;
            /** Format: date-time */
            readonly createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            /** @enum {string} */
            role: "owner" | "admin" | "support" | "auditor";
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        OperatorInput: {
            /** @description Set when it is made, and never again. */
            account?: components["schemas"]["Link"];
            /** @enum {string} */
            role?: "owner" | "admin" | "support" | "auditor";
        };
        OperatorList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Operator"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        Organization: {
            accountLinkingPolicy: components["schemas"]["Link"] | components["schemas"]["AccountLinkingPolicy"];
            accountStoreMappings: components["schemas"]["Link"] | components["schemas"]["OrganizationAccountStoreMappingList"];
            accounts: components["schemas"]["Link"] | components["schemas"]["AccountList"];
            /** Format: date-time */
            readonly createdAt: string;
            customData: components["schemas"]["Link"] | components["schemas"]["CustomData"];
            readonly defaultAccountStoreMapping: (components["schemas"]["Link"] | components["schemas"]["OrganizationAccountStoreMapping"]) | null;
            readonly defaultGroupStoreMapping: (components["schemas"]["Link"] | components["schemas"]["OrganizationAccountStoreMapping"]) | null;
            description: string | null;
            groups: components["schemas"]["Link"] | components["schemas"]["GroupList"];
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            name: string;
            nameKey: string;
            /** @enum {string} */
            status: "ENABLED" | "DISABLED" | "UNVERIFIED";
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
        };
        OrganizationAccountStoreMapping: {
            accountStore: components["schemas"]["Link"] | components["schemas"]["Resource"];
            /** Format: date-time */
            readonly createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            isDefaultAccountStore: boolean;
            isDefaultGroupStore: boolean;
            listIndex: number;
            /** Format: date-time */
            readonly modifiedAt: string;
            organization: components["schemas"]["Link"] | components["schemas"]["Organization"];
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        OrganizationAccountStoreMappingInput: {
            /** @description Set when it is made, and never again. */
            accountStore?: components["schemas"]["Link"];
            isDefaultAccountStore?: boolean;
            isDefaultGroupStore?: boolean;
            listIndex?: number;
            /** @description Set when it is made, and never again. */
            organization?: components["schemas"]["Link"];
        };
        OrganizationAccountStoreMappingList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["OrganizationAccountStoreMapping"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        OrganizationInput: {
            /** @description Keys to set of its custom data. */
            customData?: Record<string, never>;
            description?: string | null;
            name?: string;
            nameKey?: string;
            /** @enum {string} */
            status?: "ENABLED" | "DISABLED" | "UNVERIFIED";
        };
        OrganizationList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Organization"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        OtherTenants: {
            items: {
                console: string;
                key: string;
                name: string;
            }[];
            more: boolean;
        };
        PagePreview: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            html: string;
            problems: unknown[];
        };
        PageTemplate: {
            /** Format: date-time */
            readonly createdAt: string;
            readonly customized: boolean;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            readonly page: string;
            source: string;
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        PageTemplateInput: {
            source?: string;
        };
        PageTemplateList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["PageTemplate"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        PasswordPolicy: {
            /** Format: date-time */
            readonly createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            /** @enum {string} */
            resetEmailStatus: "ENABLED" | "DISABLED" | "UNVERIFIED";
            resetEmailTemplates: components["schemas"]["Link"] | components["schemas"]["EmailTemplateList"];
            /** @enum {string} */
            resetSuccessEmailStatus: "ENABLED" | "DISABLED" | "UNVERIFIED";
            resetSuccessEmailTemplates: components["schemas"]["Link"] | components["schemas"]["EmailTemplateList"];
            resetTokenTtl: number;
            strength: components["schemas"]["Link"] | components["schemas"]["PasswordStrength"];
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        PasswordPolicyInput: {
            /** @enum {string} */
            resetEmailStatus?: "ENABLED" | "DISABLED" | "UNVERIFIED";
            /** @enum {string} */
            resetSuccessEmailStatus?: "ENABLED" | "DISABLED" | "UNVERIFIED";
            resetTokenTtl?: number;
        };
        PasswordResetToken: {
            account: components["schemas"]["Link"] | components["schemas"]["Account"];
            email: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
        };
        PasswordStrength: {
            /** Format: date-time */
            readonly createdAt: string;
            denyCommon: boolean;
            denyNumeric: boolean;
            denySimilar: boolean;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            maxLength: number;
            minDiacritic: number;
            minLength: number;
            minLowerCase: number;
            minNumeric: number;
            minSymbol: number;
            minUpperCase: number;
            /** Format: date-time */
            readonly modifiedAt: string;
            preventReuse: number;
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        PasswordStrengthInput: {
            denyCommon?: boolean;
            denyNumeric?: boolean;
            denySimilar?: boolean;
            maxLength?: number;
            minDiacritic?: number;
            minLength?: number;
            minLowerCase?: number;
            minNumeric?: number;
            minSymbol?: number;
            minUpperCase?: number;
            preventReuse?: number;
        };
        Provider: {
            /** Format: date-time */
            readonly createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            providerId: string;
            providerType?: string;
        };
        ProviderData: {
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            modifiedAt: string;
            providerId: string;
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        ProviderInput: {
            providerId?: string;
        };
        /** @description Any resource. */
        Resource: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
        } & {
            [key: string]: unknown;
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        ResourceInput: {
            accessTokenLifetime?: number;
            accessTokenSigningAlg?: string;
            clients?: string[];
            default?: boolean;
            description?: string | null;
            /** @description Set when it is made, and never again. */
            identifier?: string;
            introspectors?: string[];
            name?: string;
            scopes?: Record<string, never>[];
            /** @enum {string} */
            status?: "ENABLED" | "DISABLED" | "UNVERIFIED";
        };
        ResourceList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Resource"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        RetriedJobs: {
            more: boolean;
            retried: number;
        };
        SamlPolicy: {
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            identityProvider: unknown;
            /** Format: date-time */
            modifiedAt: string;
            serviceProvider: unknown;
        };
        Session: {
            readonly account: (components["schemas"]["Link"] | components["schemas"]["Account"]) | null;
            readonly acr: string;
            readonly amr: string[];
            readonly application: (components["schemas"]["Link"] | components["schemas"]["Application"]) | null;
            /** Format: date-time */
            readonly authTime: string | null;
            readonly client: (components["schemas"]["Link"] | components["schemas"]["Client"]) | null;
            /** Format: date-time */
            readonly createdAt: string;
            readonly endedAt: (string | null) | null;
            /** Format: date-time */
            readonly expiresAt: string | null;
            readonly from: (components["schemas"]["Link"] | components["schemas"]["Account"]) | null;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            readonly ip: string;
            readonly key: (components["schemas"]["Link"] | components["schemas"]["ApiKey"]) | null;
            /** Format: date-time */
            readonly modifiedAt: string;
            readonly organization: (components["schemas"]["Link"] | components["schemas"]["Organization"]) | null;
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
            readonly userAgent: string;
            readonly why: string | null;
        };
        SessionList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["Session"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        SessionPage: {
            items: {
                account: string;
                application: string;
                browser: string;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                expiresAt: string;
                href: string;
                id: string;
                ip: string;
                /** Format: date-time */
                lastSeenAt: string;
                system: string;
            }[];
            limit: number;
            offset: number;
            size: number;
            whole: boolean;
        };
        Settings: {
            items: {
                bars: string;
                by: string;
                default: string;
                file: string;
                flag: string;
                help: string;
                kept: {
                    /** Format: date-time */
                    at: string;
                    by: string;
                    name: string;
                    value: string;
                } | null;
                key: string;
                live: boolean;
                locked: boolean;
                name: string;
                origin: string;
                secret: boolean;
                set: boolean;
                value: string | null;
                variable: string;
                waits: boolean;
                wrong: string;
            }[];
        };
        SignInPage: {
            items: {
                account: string;
                action: string;
                actor: {
                    account: string;
                    ip: string;
                    key: string;
                    kind: string;
                    role: string;
                    session: string;
                    userAgent: string;
                };
                application: string;
                /** Format: date-time */
                at: string;
                ip: string;
                outcome: string;
                reason: string;
                text: string;
                userAgent: string;
            }[];
            limit: number;
            offset: number;
            size: number;
            whole: boolean;
        };
        SigningKey: {
            /** Format: date-time */
            readonly activeFrom: string | null;
            readonly alg: string;
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly hintUntil: string | null;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            kid?: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            publicJwk?: Record<string, never>;
            /** Format: date-time */
            readonly publishAt: string | null;
            readonly purpose: string;
            /** Format: date-time */
            readonly retireAt: string | null;
            /** Format: date-time */
            readonly revokedAt: string | null;
            state?: string;
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
        };
        SigningKeyList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["SigningKey"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        SmtpServer: {
            /** Format: date-time */
            readonly createdAt: string;
            description: string | null;
            host: string;
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            name: string | null;
            port: number;
            securityProtocol: string | null;
            /** @enum {string} */
            status: "ENABLED" | "DISABLED" | "UNVERIFIED";
            tenant: components["schemas"]["Link"] | components["schemas"]["Tenant"];
            username: string;
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        SmtpServerInput: {
            description?: string | null;
            host?: string;
            name?: string | null;
            password?: string;
            port?: number;
            securityProtocol?: string | null;
            /** @enum {string} */
            status?: "ENABLED" | "DISABLED" | "UNVERIFIED";
            username?: string;
        };
        SmtpServerList: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            items: components["schemas"]["SmtpServer"][];
            limit: number;
            offset: number;
            /** @description How many there are on all pages. */
            size: number;
        };
        System: {
            address: string;
            backup: {
                failures: number;
                last: string | null;
                next: string | null;
            } | null;
            /** Format: date-time */
            began: string;
            certificates: {
                hint: string;
                level: string;
                name: string;
                renews: boolean;
                text: string;
                until: string | null;
            }[];
            checks: {
                name: string;
                ok: boolean;
                why: string;
            }[];
            connections: {
                most: number;
                ofSource: number;
                open: number;
            };
            data: {
                bytes: number;
                engine: string;
                folder: string;
                free: number | null;
                held: number;
            };
            go: string;
            hashes: {
                queue: number;
                refused: number;
                running: number;
                slots: number;
                waiting: number;
            };
            issuer: string;
            memory: number;
            notes: {
                hint: string;
                level: string;
                section: string;
                text: string;
            }[];
            /** Format: date-time */
            now: string;
            platform: string;
            proxy: {
                host: string;
                peer: string;
                scheme: string;
                sent: {
                    name: string;
                    value: string;
                }[];
                set: string;
                source: string;
                trusted: boolean;
                trusts: string[];
                verdict: string;
            };
            publicUrl: string;
            ready: boolean;
            tls: boolean;
            version: string;
            work: {
                dead: number;
                events: number;
                eventsAge: number;
                jobs: number;
                late: number;
                mails: number;
                mailsAge: number;
                most: number;
            } | null;
        };
        Tenant: {
            accounts: components["schemas"]["Link"] | components["schemas"]["AccountList"];
            agents: components["schemas"]["Link"] | components["schemas"]["EmptyList"];
            applications: components["schemas"]["Link"] | components["schemas"]["ApplicationList"];
            /** Format: date-time */
            readonly createdAt: string;
            customData: components["schemas"]["Link"] | components["schemas"]["CustomData"];
            directories: components["schemas"]["Link"] | components["schemas"]["DirectoryList"];
            groups: components["schemas"]["Link"] | components["schemas"]["GroupList"];
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
            idSites: components["schemas"]["Link"] | components["schemas"]["EmptyList"];
            readonly key: string;
            /** Format: date-time */
            readonly modifiedAt: string;
            name: string;
            organizations: components["schemas"]["Link"] | components["schemas"]["OrganizationList"];
            phones: components["schemas"]["Link"] | components["schemas"]["EmptyList"];
            registeredSamlServiceProviders: components["schemas"]["Link"] | components["schemas"]["EmptyList"];
            smtpServers: components["schemas"]["Link"] | components["schemas"]["SmtpServerList"];
        };
        /** @description What may be set. Whatever else a resource holds may be posted back, and is ignored. */
        TenantInput: {
            /** @description Keys to set of its custom data. */
            customData?: Record<string, never>;
            name?: string;
        };
        Timeline: {
            items: {
                account: string;
                action: string;
                actor: {
                    account: string;
                    ip: string;
                    key: string;
                    kind: string;
                    role: string;
                    session: string;
                    userAgent: string;
                };
                application: string;
                /** Format: date-time */
                at: string;
                ip: string;
                outcome: string;
                reason: string;
                text: string;
                userAgent: string;
            }[];
            next: string;
        };
        VerifiedAccount: {
            /**
             * Format: uri
             * @description Where this is.
             */
            readonly href: string;
        };
        Why: {
            checks: {
                name: string;
                state: string;
                text: string;
            }[];
            fix: string;
            ok: boolean;
            rule: string;
        };
    };
    responses: {
        /** @description The request was refused. */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /** @description The id of an account. */
        account: string;
        /** @description The sequence number after which events are read. */
        after: number;
        /** @description The id of an application. */
        application: string;
        /** @description The place before which to go on: next of the page before. */
        before: number;
        /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
        createdAt: string;
        /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
        description: string;
        /** @description The id of a directory. */
        directory: string;
        /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
        email: string;
        /** @description Whether to encrypt the secrets of API keys with the caller's, as encryptionKeySalt, encryptionKeySize and encryptionKeyIterations say. */
        encryptSecret: boolean;
        /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
        expand: string;
        /** @description After how many seconds the stream ends. */
        for: number;
        /** @description The first instant, of RFC 3339. */
        from: string;
        /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
        givenName: string;
        /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
        id: string;
        /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
        identifier: string;
        /** @description The kind of the jobs. */
        kind: string;
        /** @description How many items at most; more than 100 is taken for 100. */
        limit: number;
        /** @description A language, such as de-AT. */
        locale: string;
        /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
        middleName: string;
        /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
        modifiedAt: string;
        /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
        name: string;
        /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
        nameKey: string;
        /** @description How many items to pass over. */
        offset: number;
        /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
        orderBy: string;
        /** @description success or failure. */
        outcome: string;
        /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
        passwordModifiedAt: string;
        /** @description Where to go on: next of the page before. */
        past: string;
        /** @description Text that any of the texts has in it, in any case. */
        q: string;
        /** @description 24h, 7d or 30d. */
        range: string;
        /** @description Only those in this state. */
        state: string;
        /** @description The whole value, in any case. */
        status: string;
        /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
        surname: string;
        /** @description The instant before which. */
        to: string;
        /** @description Only events of these types: account.*,group.create. */
        types: string;
        /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
        username: string;
        /** @description For how many seconds to wait for an event, at most 30. */
        wait: number;
        /** @description How far the clock by which days begin is ahead of UTC, in minutes. */
        zone: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "getWell-knownJwksJson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JWKS"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiAccountsIdTimeline: {
        parameters: {
            query?: {
                /** @description The place before which to go on: next of the page before. */
                before?: components["parameters"]["before"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiAccountsIdWhy: {
        parameters: {
            query?: {
                /** @description The id of an application. */
                application?: components["parameters"]["application"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiAudit: {
        parameters: {
            query?: {
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description The id of an account. */
                account?: components["parameters"]["account"];
                /** @description The first instant, of RFC 3339. */
                from?: components["parameters"]["from"];
                /** @description The instant before which. */
                to?: components["parameters"]["to"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiBackupsFiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackupFiles"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postConsoleApiBackupsFiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiBackupsFilesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postConsoleApiBackupsStage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    postConsoleApiBackupsUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackupUpload"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteConsoleApiBackupsUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    postConsoleApiBackupsUploadId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackupUpload"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postConsoleApiBackupsVerify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiBackupsWork: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackupWork"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteConsoleApiBackupsWork: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiCaughtMails: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaughtMailPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteConsoleApiCaughtMails: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiCaughtMailsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaughtMail"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiCaughtMailsIdRaw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiCounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleCounts"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiExportsAccounts: {
        parameters: {
            query?: {
                /** @description The id of a directory. */
                directory?: components["parameters"]["directory"];
                /** @description Where to go on: next of the page before. */
                past?: components["parameters"]["past"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportedAccounts"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiExtensions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleExtensions"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postConsoleApiImports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    columns?: unknown[];
                    comma?: string;
                    directory?: string;
                    dryRun?: boolean;
                    names?: Record<string, never>;
                    onConflict?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportBegun"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postConsoleApiImportsLook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    records?: unknown[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportLook"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postConsoleApiImportsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    records?: unknown[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteConsoleApiImportsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiJobs: {
        parameters: {
            query?: {
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Only those in this state. */
                state?: components["parameters"]["state"];
                /** @description The kind of the jobs. */
                kind?: components["parameters"]["kind"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiJobsKinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobKinds"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postConsoleApiJobsRetry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetriedJobs"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteConsoleApiJobsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    postConsoleApiJobsIdRetry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    postConsoleApiLogout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiMailing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mailing"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleMe"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiOtherTenants: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OtherTenants"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiSearch: {
        parameters: {
            query?: {
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleSearch"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postConsoleApiSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiSignIns: {
        parameters: {
            query?: {
                /** @description 24h, 7d or 30d. */
                range?: components["parameters"]["range"];
                /** @description success or failure. */
                outcome?: components["parameters"]["outcome"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiStats: {
        parameters: {
            query?: {
                /** @description 24h, 7d or 30d. */
                range?: components["parameters"]["range"];
                /** @description How far the clock by which days begin is ahead of UTC, in minutes. */
                zone?: components["parameters"]["zone"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleStats"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleApiSystem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsoleDocsPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                page: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getHealthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getReadyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountCreationPoliciesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountCreationPolicy"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postAccountCreationPoliciesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AccountCreationPolicyInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountCreationPolicy"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountCreationPoliciesIdVerificationEmailTemplates: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailTemplateList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountCreationPoliciesIdVerificationSuccessEmailTemplates: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailTemplateList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountCreationPoliciesIdWelcomeEmailTemplates: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailTemplateList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountLinkingPoliciesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountLinkingPolicy"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postAccountLinkingPoliciesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AccountLinkingPolicyInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountLinkingPolicy"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postAccountLinks: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AccountLinkInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountLink"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountLinksId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountLink"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteAccountLinksId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    postAccountStoreMappings: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AccountStoreMappingInput"] | components["schemas"]["OrganizationAccountStoreMappingInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountStoreMapping"] | components["schemas"]["OrganizationAccountStoreMapping"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountStoreMappingsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountStoreMapping"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postAccountStoreMappingsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AccountStoreMappingInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountStoreMapping"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteAccountStoreMappingsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    postAccountsEmailVerificationTokensToken: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiedAccount"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postAccountsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AccountInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteAccountsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdAccessTokens: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdAccountLinks: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountLinkList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdApiKeys: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                id?: components["parameters"]["id"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
                /** @description Whether to encrypt the secrets of API keys with the caller's, as encryptionKeySalt, encryptionKeySize and encryptionKeyIterations say. */
                encryptSecret?: components["parameters"]["encryptSecret"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postAccountsIdApiKeys: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description Whether to encrypt the secrets of API keys with the caller's, as encryptionKeySalt, encryptionKeySize and encryptionKeyIterations say. */
                encryptSecret?: components["parameters"]["encryptSecret"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApiKeyInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdApplications: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdConsents: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdCustomData: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomData"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postAccountsIdCustomData: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomData"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteAccountsIdCustomData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    deleteAccountsIdCustomDataKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    postAccountsIdEmailChanges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    application?: components["schemas"]["Link"];
                    email?: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdFactors: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdGrants: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdGroupMemberships: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMembershipList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdGroups: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdLinkedAccounts: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdMails: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdPhones: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdProviderData: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderData"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdRefreshTokens: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getAccountsIdSessions: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteAccountsIdSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getApiKeysId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description Whether to encrypt the secrets of API keys with the caller's, as encryptionKeySalt, encryptionKeySize and encryptionKeyIterations say. */
                encryptSecret?: components["parameters"]["encryptSecret"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApiKeysId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description Whether to encrypt the secrets of API keys with the caller's, as encryptionKeySalt, encryptionKeySize and encryptionKeyIterations say. */
                encryptSecret?: components["parameters"]["encryptSecret"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApiKeyInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteApiKeysId: {
        parameters: {
            query?: {
                /** @description Whether to encrypt the secrets of API keys with the caller's, as encryptionKeySalt, encryptionKeySize and encryptionKeyIterations say. */
                encryptSecret?: components["parameters"]["encryptSecret"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getApplicationWebConfigsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationWebConfig"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplications: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description true makes a directory as well, any other text one of that name. */
                createDirectory?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApplicationInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getApplicationsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplicationsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApplicationInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteApplicationsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getApplicationsIdAccountStoreMappings: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountStoreMappingList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getApplicationsIdAccounts: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                email?: components["parameters"]["email"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                givenName?: components["parameters"]["givenName"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                middleName?: components["parameters"]["middleName"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                passwordModifiedAt?: components["parameters"]["passwordModifiedAt"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                surname?: components["parameters"]["surname"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                username?: components["parameters"]["username"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplicationsIdAccounts: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description false sends no mails for this account, and true has its address verified, whatever its directory says. */
                registrationWorkflowEnabled?: boolean;
                /** @description mcf says that password is a hash of bcrypt or stormpath2. */
                passwordFormat?: "mcf";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AccountInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getApplicationsIdApiKeys: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                id?: components["parameters"]["id"];
                /** @description Whether to encrypt the secrets of API keys with the caller's, as encryptionKeySalt, encryptionKeySize and encryptionKeyIterations say. */
                encryptSecret?: components["parameters"]["encryptSecret"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getApplicationsIdBranding: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Branding"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplicationsIdBranding: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BrandingInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Branding"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getApplicationsIdClients: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplicationsIdClients: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ClientInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getApplicationsIdCustomData: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomData"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplicationsIdCustomData: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomData"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteApplicationsIdCustomData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    deleteApplicationsIdCustomDataKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getApplicationsIdDomains: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DomainList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplicationsIdDomains: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DomainInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getApplicationsIdGroups: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplicationsIdGroups: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GroupInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplicationsIdLoginAttempts: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    accountStore?: Record<string, never>;
                    type?: string;
                    value?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAttempt"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getApplicationsIdPageTemplates: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageTemplateList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplicationsIdPageTemplates: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PageTemplateInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageTemplate"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplicationsIdPasswordResetTokens: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    accountStore?: Record<string, never>;
                    email?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordResetToken"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getApplicationsIdPasswordResetTokensToken: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordResetToken"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplicationsIdPasswordResetTokensToken: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    password?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordResetToken"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getApplicationsIdResources: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                identifier?: components["parameters"]["identifier"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplicationsIdResources: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResourceInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postApplicationsIdVerificationEmails: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    accountStore?: components["schemas"]["Link"];
                    login?: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getBrandingsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Branding"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postBrandingsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BrandingInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Branding"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postBrandingsIdPreview: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    branding?: Record<string, never>;
                    locale?: string;
                    page?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PagePreview"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getClientsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postClientsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ClientInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteClientsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    postClientsIdSecrets: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    formerUntil?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getConsentsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consent"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteConsentsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    postDirectories: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DirectoryInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Directory"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getDirectoriesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Directory"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postDirectoriesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DirectoryInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Directory"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteDirectoriesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getDirectoriesIdAccounts: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                email?: components["parameters"]["email"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                givenName?: components["parameters"]["givenName"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                middleName?: components["parameters"]["middleName"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                passwordModifiedAt?: components["parameters"]["passwordModifiedAt"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                surname?: components["parameters"]["surname"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                username?: components["parameters"]["username"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postDirectoriesIdAccounts: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description false sends no mails for this account, and true has its address verified, whatever its directory says. */
                registrationWorkflowEnabled?: boolean;
                /** @description mcf says that password is a hash of bcrypt or stormpath2. */
                passwordFormat?: "mcf";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AccountInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getDirectoriesIdApplicationMappings: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountStoreMappingList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getDirectoriesIdApplications: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getDirectoriesIdCustomData: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomData"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postDirectoriesIdCustomData: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomData"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteDirectoriesIdCustomData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    deleteDirectoriesIdCustomDataKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getDirectoriesIdEmailTemplates: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailTemplateList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getDirectoriesIdGroups: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postDirectoriesIdGroups: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GroupInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getDirectoriesIdOrganizationMappings: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationAccountStoreMappingList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getDirectoriesIdOrganizations: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                nameKey?: components["parameters"]["nameKey"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getDirectoriesIdProvider: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postDirectoriesIdProvider: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProviderInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Provider"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getDomainsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postDomainsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DomainInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteDomainsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getEmailTemplatesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailTemplate"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postEmailTemplatesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmailTemplateInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailTemplate"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteEmailTemplatesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getEmailTemplatesIdOriginal: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description A language, such as de-AT. */
                locale?: components["parameters"]["locale"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailOriginal"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postEmailTemplatesIdPreview: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    account?: components["schemas"]["Link"];
                    htmlBody?: string;
                    locale?: string;
                    mimeType?: string;
                    subject?: string;
                    textBody?: string;
                    translations?: Record<string, never>;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailPreview"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postEmailTemplatesIdTest: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    locale?: string;
                    to?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mail"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getEvents: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description The sequence number after which events are read. */
                after?: components["parameters"]["after"];
                /** @description Only events of these types: account.*,group.create. */
                types?: components["parameters"]["types"];
                /** @description For how many seconds to wait for an event, at most 30. */
                wait?: components["parameters"]["wait"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getEventsStream: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description The sequence number after which events are read. */
                after?: components["parameters"]["after"];
                /** @description Only events of these types: account.*,group.create. */
                types?: components["parameters"]["types"];
                /** @description After how many seconds the stream ends. */
                for?: components["parameters"]["for"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventStream"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getFieldsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Field"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postFieldsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    required?: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Field"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getGrantsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteGrantsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    postGroupMemberships: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GroupMembershipInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMembership"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getGroupMembershipsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMembership"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteGroupMembershipsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getGroupsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postGroupsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GroupInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteGroupsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getGroupsIdAccountMemberships: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMembershipList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getGroupsIdAccounts: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                email?: components["parameters"]["email"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                givenName?: components["parameters"]["givenName"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                middleName?: components["parameters"]["middleName"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                passwordModifiedAt?: components["parameters"]["passwordModifiedAt"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                surname?: components["parameters"]["surname"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                username?: components["parameters"]["username"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getGroupsIdApplications: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getGroupsIdCustomData: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomData"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postGroupsIdCustomData: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomData"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteGroupsIdCustomData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    deleteGroupsIdCustomDataKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getMailsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mail"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOAuthPoliciesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthPolicy"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOperators: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postOperators: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OperatorInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOperatorsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postOperatorsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OperatorInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteOperatorsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getOperatorsIdApiKeys: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Whether to encrypt the secrets of API keys with the caller's, as encryptionKeySalt, encryptionKeySize and encryptionKeyIterations say. */
                encryptSecret?: components["parameters"]["encryptSecret"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postOperatorsIdApiKeys: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description Whether to encrypt the secrets of API keys with the caller's, as encryptionKeySalt, encryptionKeySize and encryptionKeyIterations say. */
                encryptSecret?: components["parameters"]["encryptSecret"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    caps?: Record<string, never>;
                    description?: string;
                    name?: string;
                    status?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postOrganizationAccountStoreMappings: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OrganizationAccountStoreMappingInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationAccountStoreMapping"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOrganizationAccountStoreMappingsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationAccountStoreMapping"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postOrganizationAccountStoreMappingsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OrganizationAccountStoreMappingInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationAccountStoreMapping"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteOrganizationAccountStoreMappingsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    postOrganizations: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description true makes a directory as well, any other text one of that name. */
                createDirectory?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OrganizationInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOrganizationsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postOrganizationsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OrganizationInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteOrganizationsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getOrganizationsIdAccountStoreMappings: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationAccountStoreMappingList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOrganizationsIdAccounts: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                email?: components["parameters"]["email"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                givenName?: components["parameters"]["givenName"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                middleName?: components["parameters"]["middleName"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                passwordModifiedAt?: components["parameters"]["passwordModifiedAt"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                surname?: components["parameters"]["surname"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                username?: components["parameters"]["username"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postOrganizationsIdAccounts: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description false sends no mails for this account, and true has its address verified, whatever its directory says. */
                registrationWorkflowEnabled?: boolean;
                /** @description mcf says that password is a hash of bcrypt or stormpath2. */
                passwordFormat?: "mcf";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AccountInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOrganizationsIdBranding: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Branding"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postOrganizationsIdBranding: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BrandingInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Branding"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getOrganizationsIdCustomData: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomData"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postOrganizationsIdCustomData: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomData"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteOrganizationsIdCustomData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    deleteOrganizationsIdCustomDataKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getOrganizationsIdGroups: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postOrganizationsIdGroups: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GroupInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getPageTemplatesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageTemplate"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postPageTemplatesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PageTemplateInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageTemplate"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deletePageTemplatesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    postPageTemplatesIdPreview: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    full?: boolean;
                    locale?: string;
                    source?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PagePreview"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getPasswordPoliciesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordPolicy"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postPasswordPoliciesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PasswordPolicyInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordPolicy"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getPasswordPoliciesIdResetEmailTemplates: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailTemplateList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getPasswordPoliciesIdResetSuccessEmailTemplates: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailTemplateList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getPasswordPoliciesIdStrength: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordStrength"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postPasswordPoliciesIdStrength: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PasswordStrengthInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordStrength"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getResourcesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postResourcesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResourceInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resource"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteResourcesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getSamlPoliciesId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SamlPolicy"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getSchemasId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountSchema"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getSchemasIdFields: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getSessionsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteSessionsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getSigningKeys: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKeyList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postSigningKeys: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    alg?: string;
                    purpose?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKey"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getSigningKeysId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKey"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postSigningKeysIdRevoke: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKey"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postSmtpServers: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SmtpServerInput"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SmtpServer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getSmtpServersId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SmtpServer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postSmtpServersId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SmtpServerInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SmtpServer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteSmtpServersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsCurrent: {
        parameters: {
            query?: {
                /** @description Repeated in the Location, as all of the query is. */
                expand?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postTenantsId: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TenantInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsIdAccounts: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                email?: components["parameters"]["email"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                givenName?: components["parameters"]["givenName"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                middleName?: components["parameters"]["middleName"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                passwordModifiedAt?: components["parameters"]["passwordModifiedAt"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                surname?: components["parameters"]["surname"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                username?: components["parameters"]["username"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsIdAgents: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsIdApplications: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsIdCustomData: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomData"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    postTenantsIdCustomData: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomData"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    deleteTenantsIdCustomData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    deleteTenantsIdCustomDataKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsIdDirectories: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DirectoryList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsIdGroups: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsIdIdSites: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsIdMails: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsIdOrganizations: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
                /** @description Text that any of the texts has in it, in any case. */
                q?: components["parameters"]["q"];
                /** @description Attributes to order by: "surname,givenName desc", or customData.PATH. */
                orderBy?: components["parameters"]["orderBy"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                createdAt?: components["parameters"]["createdAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                description?: components["parameters"]["description"];
                /** @description A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open. */
                modifiedAt?: components["parameters"]["modifiedAt"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                name?: components["parameters"]["name"];
                /** @description The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise. */
                nameKey?: components["parameters"]["nameKey"];
                /** @description The whole value, in any case. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsIdPhones: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsIdRegisteredSamlServiceProviders: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmptyList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getTenantsIdSmtpServers: {
        parameters: {
            query?: {
                /** @description Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up. */
                expand?: components["parameters"]["expand"];
                /** @description How many items to pass over. */
                offset?: components["parameters"]["offset"];
                /** @description How many items at most; more than 100 is taken for 100. */
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SmtpServerList"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
