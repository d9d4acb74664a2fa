// Package core is the identity domain of Stormkeep: what there is, what may be
// done to it, and by whom. It knows no HTTP and no engine: it is given a
// store.Store.
//
// # The nouns
//
// A Tenant owns everything else; nothing is shared between two of them. A
// Directory holds the Accounts of people and the Groups they are in, by
// Memberships. An Application is what people sign in to: its Mappings say, in
// order, in which account stores (directories, groups or Organizations, which map
// directories and groups in turn) their accounts are looked for. An AccountLink
// says that two accounts are one person's. An ApiKey lets a program act; an Operator record, and nothing
// else, gives an account authority over its tenant. CustomData is free-form
// JSON beside a tenant, application, organization, directory, group or account. A
// part, such as a directory's password policy, shares its owner's id; an absent one
// means its defaults. A SetupLink, which only the machine makes, lets its holder do one
// thing once: be the first owner, or set an owner's password. An SmtpServer sends a
// tenant's mails.
//
// # The rules
//
//   - Everything happens in a transaction: App.View and App.Update. The function
//     may run more than once, so nothing leaves the process inside it; what must
//     happen later is a Job, what others must hear is an Event.
//   - A Tx belongs to one tenant and one Actor, both taken from its context (As).
//   - Get, Find, List, Put and Delete ask the policy and run the hooks; no caller
//     can go round them.
//   - A record whose owner is gone is not found, from the moment its owner is.
//   - Secrets are hashed where they need only be recognised, sealed where they
//     must be shown again.
//
// In comments, "spec 7" is what the REST API v1 of Stormpath, as documented in
// 2017, says of that subject: 2 conventions, 3 how requests are authenticated, 4
// API keys, 5 tenants, 6 applications, 7 account stores, 8 organizations, 9
// directories, 10 groups, 11 accounts, 12 custom data, 13 passwords, 14 e-mail
// verification, 15 mail servers, 16 login attempts, 18 account links, 24 error codes, 25 the SDKs'
// ways, 27 password hashes.
package core
