import { texts } from '../../i18n.svelte'

export const t = texts({
  en: {
    grantCode: 'People sign in (authorization_code)', grantRefresh: 'It stays signed in (refresh_token)', grantMachine: 'It acts for itself (client_credentials)', grantsHint: 'How it may come by tokens.',
    proof: 'How it proves itself', authNone: 'Not at all: it keeps no secret', authBasic: 'Secret in the header (client_secret_basic)', authPost: 'Secret in the body (client_secret_post)', authKey: 'Key of its own (private_key_jwt)', authHint: 'With another way than a secret, its secrets end. Back to a secret, it needs a new one.',
    profile: 'Profile', standard: 'OAuth 2.1: always with PKCE', oidc: 'OpenID Connect: PKCE if it likes', profileHint: 'OpenID Connect is for clients that prove themselves and cannot do PKCE.',
    jwksUri: 'Address of its keys', jwksUriHint: 'A JWK Set at the client, read when it is needed. Either this or the keys below.', jwks: 'Its public keys', jwksHint: 'A JWK Set: {"keys": [ … ]}, public keys only.', jwksWrong: 'Keys are an object: {"keys": [ … ]}.', keys: { one: '{n} key', other: '{n} keys' },
    signOut: 'Sign-out', backchannelSession: 'Name the session to it', frontchannel: 'Front-channel logout', frontchannelHint: 'A page that the browser loads when somebody signs out.',
    idTokens: 'ID tokens', alg: 'Signed by', algHint: 'HS256 signs with the client’s secret, and is chosen when the client is made.', claims: 'Claims', claimsAll: 'All that the scopes give', claimsMinimal: 'Only who it is', claimsHint: 'The rest is at the userinfo endpoint.', email: 'E-mail address', emailAny: 'Any', emailVerified: 'Only one that is verified', emailHint: 'Which one the client is told.',
  },
  de: {
    grantCode: 'Personen melden sich an (authorization_code)', grantRefresh: 'Er bleibt angemeldet (refresh_token)', grantMachine: 'Er handelt für sich (client_credentials)', grantsHint: 'Wie er an Tokens kommen darf.',
    proof: 'Wie er sich ausweist', authNone: 'Gar nicht: er wahrt kein Geheimnis', authBasic: 'Geheimnis im Header (client_secret_basic)', authPost: 'Geheimnis im Body (client_secret_post)', authKey: 'Eigener Schlüssel (private_key_jwt)', authHint: 'Bei einem anderen Verfahren enden seine Geheimnisse. Zurück beim Geheimnis braucht er ein neues.',
    profile: 'Profil', standard: 'OAuth 2.1: immer mit PKCE', oidc: 'OpenID Connect: PKCE nach Belieben', profileHint: 'OpenID Connect ist für Clients, die sich ausweisen und PKCE nicht beherrschen.',
    jwksUri: 'Adresse seiner Schlüssel', jwksUriHint: 'Ein JWK-Set beim Client, gelesen, wenn es gebraucht wird. Entweder dies oder die Schlüssel darunter.', jwks: 'Seine öffentlichen Schlüssel', jwksHint: 'Ein JWK-Set: {"keys": [ … ]}, nur öffentliche Schlüssel.', jwksWrong: 'Schlüssel sind ein Objekt: {"keys": [ … ]}.', keys: { one: '{n} Schlüssel', other: '{n} Schlüssel' },
    signOut: 'Abmeldung', backchannelSession: 'Ihm die Sitzung nennen', frontchannel: 'Front-Channel-Logout', frontchannelHint: 'Eine Seite, die der Browser lädt, wenn sich jemand abmeldet.',
    idTokens: 'ID-Tokens', alg: 'Signiert mit', algHint: 'HS256 signiert mit dem Geheimnis des Clients und wird beim Anlegen gewählt.', claims: 'Angaben', claimsAll: 'Alles, was die Scopes hergeben', claimsMinimal: 'Nur, wer es ist', claimsHint: 'Der Rest steht am Userinfo-Endpunkt.', email: 'E-Mail-Adresse', emailAny: 'Jede', emailVerified: 'Nur eine bestätigte', emailHint: 'Welche der Client erfährt.',
  },
})
