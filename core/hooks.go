package core

import (
	"encoding/json"

	"github.com/stormkeep/stormkeep/hooks"
)

// Hooks is every place where an extension takes part. Bind before Start.
//
// Request hooks run outside any transaction and may change input and answer;
// record hooks (Create, Update, Delete and their like) run inside one, Before
// being pure, After once it is kept; streams are App.Events.
type Hooks struct {
	App struct {
		Bootstrap hooks.Hook[*AppEvent] // the store is open; data may be made
		Serve     hooks.Hook[*AppEvent] // about to listen
		Shutdown  hooks.Hook[*AppEvent] // about to close the store

		Backup  hooks.Hook[*CopyEvent] // all data are about to be copied
		Restore hooks.Hook[*CopyEvent] // a copy is about to take the place of the data
	}
	Request hooks.Hook[*RequestEvent] // every request, around its handler
	Auth    struct {
		Register hooks.Hook[*RegisterEvent] // an account comes through an application or directory
		Identify hooks.Hook[*AuthEvent]     // a login name has been looked up
		Login    hooks.Hook[*AuthEvent]     // the proof was right
		Failure  hooks.Hook[*AuthEvent]     // it was refused
	}
	Tenant         Noun[Tenant]
	Operator       Noun[Operator]
	Application    Noun[Application]
	Mapping        Noun[AccountStoreMapping]
	Directory      Noun[Directory]
	Strength       Noun[Strength]
	PasswordPolicy Noun[PasswordPolicy]
	CreationPolicy Noun[AccountCreationPolicy]
	AccountSchema  Noun[AccountSchema]
	Provider       Noun[Provider]
	Group          Noun[Group]
	Account        struct {
		Noun[Account]
		Password hooks.Hook[*RecordEvent[Account]] // its password is being set
		Email    hooks.Hook[*RecordEvent[Account]] // its address is being changed
		Status   hooks.Hook[*RecordEvent[Account]] // its status is being changed
	}
	Membership struct {
		Noun[GroupMembership]
		Add    hooks.Hook[*RecordEvent[GroupMembership]]
		Remove hooks.Hook[*RecordEvent[GroupMembership]]
	}
	Mail struct {
		Render hooks.Hook[*MailEvent] // a mail has been made
		Send   hooks.Hook[*MailEvent] // it is being handed to its sender
	}
	EmailTemplate Noun[EmailTemplate]
	ApiKey        Noun[ApiKey]
	CustomData    struct {
		Update hooks.Hook[*CustomDataEvent]
	}
	Audit hooks.Hook[*AuditEvent] // a line is being written to the audit log

	Organization        Noun[Organization]
	OrganizationMapping Noun[OrganizationAccountStoreMapping]
	Link                Noun[AccountLink]
	LinkPolicy          Noun[AccountLinkingPolicy]
	SmtpServer          Noun[SmtpServer]
	SigningKey          Noun[SigningKey]
	Webhook             hooks.Hook[*WebhookEvent] // a message is about to be sent to an endpoint

	Client   Noun[Client]
	Resource Noun[Resource]
	Consent  Noun[Consent]
	Branding Noun[Branding]
	Domain   Noun[Domain]

	PageTemplate Noun[PageTemplate]

	Session struct {
		Open  hooks.Hook[*SessionEvent] // somebody has signed in at the provider
		Touch hooks.Hook[*SessionEvent] // it is used, at most once a minute
		Close hooks.Hook[*SessionEvent] // it is being ended
	}
	OAuth struct {
		Authorize hooks.Hook[*AuthorizeEvent]    // a client is about to get a code
		Consent   hooks.Hook[*ConsentEvent]      // somebody agrees to what a client asks for
		Token     hooks.Hook[*TokenRequestEvent] // a client asks for tokens
	}
	Token struct {
		Issue      hooks.Hook[*TokenEvent]      // tokens are about to be issued
		Verify     hooks.Hook[*VerifyEvent]     // an access token is shown to us, and is good
		Revoke     hooks.Hook[*RevokeEvent]     // a client takes a token back
		Introspect hooks.Hook[*IntrospectEvent] // a client asks about a token that is good
	}
}

// Noun is the hooks every noun has.
type Noun[T any] struct {
	Create, Update, Delete hooks.Hook[*RecordEvent[T]]
}

// Level says where an event's handlers run.
type Level string

// The levels of hooks.
const (
	RequestLevel Level = "request" // outside any transaction
	RecordLevel  Level = "record"  // Before inside it, After once it is kept
	StreamLevel  Level = "stream"  // from the durable outbox, at least once
)

// TxEvent is what events have that happen in a transaction, and are no record's.
type TxEvent struct {
	hooks.Event
	Tx *Tx
}

// Level is RecordLevel.
func (*TxEvent) Level() Level { return RecordLevel }

// Defer takes the After handlers: they run once the transaction is kept.
func (e *TxEvent) Defer(fn func()) { e.Tx.After(fn) }

// RecordEvent is a record being made, changed or deleted.
type RecordEvent[T any] struct {
	hooks.Event
	Tx  *Tx
	Old *T // nil when made; must not be changed
	New *T // nil when deleted; Before may change it

	change
}

// AppEvent is a step in the life of the app.
type AppEvent struct {
	hooks.Event
	App *App
}

// Level is RequestLevel: no transaction is open.
func (*AppEvent) Level() Level { return RequestLevel }

// RequestEvent is one request, outside any transaction.
type RequestEvent struct {
	hooks.RequestEvent
	App      *App
	Actor    Actor
	Method   string
	Path     string
	Header   func(name string) string
	SetReply func(name, value string) // a header of the answer
}

// Level is RequestLevel.
func (*RequestEvent) Level() Level { return RequestLevel }

// RegisterEvent is an account about to be made through a public or management
// door, before its password is hashed.
type RegisterEvent struct {
	hooks.RequestEvent
	App     *App
	Actor   Actor
	Store   Ref // the application, organization or directory it comes through
	Account *Account
}

// Level is RequestLevel.
func (*RegisterEvent) Level() Level { return RequestLevel }

// AuthEvent is an attempt to sign in. Account is nil while nobody is found.
type AuthEvent struct {
	hooks.RequestEvent
	App     *App
	Attempt *Attempt
	Account *Account
	Reason  string // of a failure: the code of its error
}

// Level is RequestLevel.
func (*AuthEvent) Level() Level { return RequestLevel }

// WebhookEvent is one try to send a message to an endpoint. Before may change Data and
// Header, have nothing sent by Drop, or by an error have it tried again later; After
// comes once the endpoint has taken it.
type WebhookEvent struct {
	hooks.Event
	App      *App
	Tenant   ID[Tenant]
	Endpoint Ref
	URL      string
	Type     string // of the event, "account.create"
	Ref      Ref    // what the event is about, "" for a test
	Try      int    // from 1
	Data     map[string]json.RawMessage
	Header   map[string]string // beside those of Standard Webhooks
	Drop     bool
}

// Level is RequestLevel: no transaction is open.
func (*WebhookEvent) Level() Level { return RequestLevel }

// NounOf is the hooks of any registered noun, those of plugins among them.
func NounOf[T any, P Record[T]](app *App) *Noun[T] {
	n, _ := app.kind(kindOf[T, P]().Name).Hooked.(*Noun[T])
	return n
}

// registerNouns is the list of the nouns of core.
func registerNouns(a *App) {
	h := &a.Hooks
	register(a, &h.Tenant)
	register(a, &h.Operator)
	register(a, &h.Application)
	register(a, &h.Mapping)
	register(a, &h.Organization)
	register(a, &h.OrganizationMapping)
	register(a, &h.Directory)
	register(a, &h.Strength)
	register(a, &h.PasswordPolicy)
	register(a, &h.CreationPolicy)
	register(a, &h.AccountSchema)
	register(a, &h.Provider)
	register(a, &h.Group)
	register(a, &h.Account.Noun)
	register(a, new(Noun[Security]))
	register(a, new(Noun[Proof]))
	register(a, new(Noun[FormerPasswords]))
	register(a, new(Noun[SetupLink]))
	register(a, &h.Membership.Noun)
	register(a, &h.EmailTemplate)
	register(a, new(Noun[Mail]))
	register(a, &h.ApiKey)
	register(a, &h.Link)
	register(a, &h.LinkPolicy)
	register(a, &h.SmtpServer)
	register(a, &h.SigningKey)
	register(a, &h.Client)
	register(a, &h.Resource)
	register(a, &h.Consent)
	register(a, &h.Branding)
	register(a, &h.Domain)
	register(a, &h.PageTemplate)
	register(a, new(Noun[Session]))
	register(a, new(Noun[SessionTouch]))
	register(a, new(Noun[ConsoleSession]))
	register(a, new(Noun[Grant]))
	register(a, new(Noun[AuthorizationCode]))
	register(a, new(Noun[RefreshToken]))
	bindDerived(h)
}

// bindDerived has the finer hooks of accounts and memberships triggered by the
// changes they are about.
func bindDerived(h *Hooks) {
	acc := &h.Account
	around := func(h *hooks.Hook[*RecordEvent[Account]]) func(*RecordEvent[Account]) error {
		return func(e *RecordEvent[Account]) error {
			return h.Trigger(e, func(e *RecordEvent[Account]) error { return nil })
		}
	}
	acc.Update.When(func(e *RecordEvent[Account]) bool { return e.Old.PasswordModifiedAt != e.New.PasswordModifiedAt }).
		Before(around(&acc.Password), hooks.ID("stormkeep.password"), hooks.Order(hooks.Late))
	acc.Update.When(func(e *RecordEvent[Account]) bool { return e.Old.Email != e.New.Email }).
		Before(around(&acc.Email), hooks.ID("stormkeep.email"), hooks.Order(hooks.Late))
	acc.Update.When(func(e *RecordEvent[Account]) bool { return e.Old.Status != e.New.Status }).
		Before(around(&acc.Status), hooks.ID("stormkeep.status"), hooks.Order(hooks.Late))

	mem := &h.Membership
	member := func(h *hooks.Hook[*RecordEvent[GroupMembership]]) func(*RecordEvent[GroupMembership]) error {
		return func(e *RecordEvent[GroupMembership]) error {
			return h.Trigger(e, func(e *RecordEvent[GroupMembership]) error { return nil })
		}
	}
	mem.Create.Before(member(&mem.Add), hooks.ID("stormkeep.add"), hooks.Order(hooks.Late))
	mem.Delete.Before(member(&mem.Remove), hooks.ID("stormkeep.remove"), hooks.Order(hooks.Late))
}
