package oauth

// LoginSamples are the page of signing in to an application of that name as it may be.
func LoginSamples(application string) []any {
	none := map[string]string{}
	return []any{
		&LoginPage{Application: application, Wrong: none},
		&LoginPage{Application: application, Client: "Client", Flow: "flow", Login: "ann", Notice: "notice", Message: "message", Said: "said",
			Wrong: map[string]string{"login": "wrong", "password": "wrong"}, Carry: "?flow=flow", Action: "?next=%2Fa", Registers: true, Resend: true},
	}
}

// ConsentSamples are the page of consent for an application of that name as it may be.
func ConsentSamples(application string) []any {
	return []any{
		&consentPage{Application: application, Client: "Client", Host: "client.example", Login: "ann", Initials: "A", Flow: "flow"},
		&consentPage{Application: application, Client: "Client", Before: "before ", Host: "client.example", After: " after", Initials: "AL", Name: "Ann Lee", Login: "ann",
			Flow: "flow", Notice: "notice", Scopes: []ScopeText{{"openid", "title", "text"}, {"", "title", ""}}},
	}
}
