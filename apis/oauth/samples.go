package oauth

// LoginSamples are the page of signing in as it may be.
func LoginSamples() []any {
	none := map[string]string{}
	return []any{
		&LoginPage{Application: "Application", Wrong: none},
		&LoginPage{Application: "Application", Client: "Client", Flow: "flow", Login: "ann", Notice: "notice", Message: "message", Said: "said",
			Wrong: map[string]string{"login": "wrong", "password": "wrong"}, Carry: "?flow=flow", Action: "?next=%2Fa", Registers: true, Resend: true},
	}
}

// ConsentSamples are the page of consent as it may be.
func ConsentSamples() []any {
	return []any{
		&consentPage{Application: "Application", Client: "Client", Host: "client.example", Login: "ann", Initials: "A", Flow: "flow"},
		&consentPage{Application: "Application", Client: "Client", Before: "before ", Host: "client.example", After: " after", Initials: "AL", Name: "Ann Lee", Login: "ann",
			Flow: "flow", Notice: "notice", Scopes: []ScopeText{{"openid", "title", "text"}, {"", "title", ""}}},
	}
}
