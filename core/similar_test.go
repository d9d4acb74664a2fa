package core

import "testing"

// The rows are what Django 5 answers.
func TestWhatAPasswordIsTooLike(t *testing.T) {
	ann := &Account{Username: "testclient", GivenName: "Test", Surname: "Ames-Quorum", Email: "testclient@example.com"}
	for _, row := range []struct{ pw, want string }{
		{"testclient", "username"}, {"TESTCLIENT1", "username"}, {"tneilctset", "username"},
		{"expected", ""}, {"example.com", "email"}, {"example9", "email"}, {"clientames", "username"}, {"amesclient", "username"}, {"quorumquo", "surname"},
		{"zzzzzzzzzz", ""}, {"correct horse battery staple and more", ""},
	} {
		if got := similarTo(row.pw, ann); got != row.want {
			t.Errorf("%s is too similar to %q, want %q", row.pw, got, row.want)
		}
	}
	if got := similarTo("anything", &Account{}); got != "" {
		t.Errorf("nobody's %s", got)
	}
	if got := similarTo("aaaaaaaaaaaaaaaaaaaa", &Account{GivenName: "a"}); got != "" {
		t.Errorf("a letter is a reason: %s", got)
	}
}
