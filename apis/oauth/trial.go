package oauth

// TrialPath is the page of the console to which a sign-in leads back that an operator
// only tries.
const TrialPath = "/console/start/return"

// trialCookie holds the session of whoever was signed in to try it.
const trialCookie = "trial"

// cookieFor names the cookie that holds the session by which a request is answered. A
// sign-in that is tried has one of its own, which opens nothing else: so the operator who
// tries it as somebody stays signed in as herself.
func (k *call) cookieFor(f *Flow) string {
	if f.RedirectURI == k.issuer+TrialPath {
		return trialCookie
	}
	return sessionCookie
}
