package djoser

// oldView is what version 0.1 has at a path below the mount (djoser 1.2).
func (r *request) oldView(path string) *view {
	if path == "" {
		return nil
	}
	if path == r.opt.UsernameField {
		path = "{U}"
	}
	return oldViews[path]
}

type methods = map[string]func(*request) (*answer, error)

// oldViews are the views of version 0.1.
var oldViews = map[string]*view{
	"me":                     {name: "User", methods: methods{"GET": me, "PUT": setMe, "PATCH": setMe}},
	"register":               {name: "Registration", open: true, methods: methods{"POST": register}},
	"login":                  {name: "Login", open: true, methods: methods{"POST": login}},
	"logout":                 {name: "Logout", methods: methods{"POST": logout(200)}},
	"activate":               {name: "Activation", open: true, methods: methods{"POST": activate}},
	"{U}":                    {name: "Set Username", methods: methods{"POST": setUsername}},
	"password":               {name: "Set Password", methods: methods{"POST": setPassword}},
	"password/reset":         {name: "Password Reset", open: true, methods: methods{"POST": askReset}},
	"password/reset/confirm": {name: "Password Reset Confirm", open: true, methods: methods{"POST": resetConfirm}},
}
