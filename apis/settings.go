package apis

import (
	"cmp"
	"maps"
	"slices"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// Settings are those of a server, as whoever started it resolved them. It is used by
// one at a time.
type Settings interface {
	// All are the settings in the order of the handbook, beside what operators keep in
	// the data.
	All(kept map[string]core.KeptSetting) []Setting
	// Use has what is kept hold from now on, as far as it can.
	Use(kept map[string]core.KeptSetting)
}

// The origins of a setting's value, the strongest first.
const (
	FromFlag        = "flag"
	FromEnvironment = "environment"
	FromFile        = "file"
	FromConsole     = "console"
	FromDefault     = "default"
)

// Setting is one of them.
type Setting struct {
	Name string
	Help string
	// Value is the one in use, "" where there is none; a Secret one is not told.
	Value  string
	Secret bool
	Set    bool // there is a value
	// Default is the value where nobody sets one, in words where that is none.
	Default string
	Origin  string // where the value in use, or for a Locked one at the next start, comes from
	By      string // what says it: "--session-idle", "STORMKEEP_SESSION_IDLE", "session-idle in PATH"; "" for console and default
	Locked  bool   // it comes from a flag, a variable or the file, and so nobody can change it in the console
	Bars    string // why it is no setting of the console: one of Bars*; "" says that it is one
	Live    bool   // a change holds at once
	Waits   bool   // what is kept holds from the next start on
	Wrong   string // why what is kept is not used
	// Flag, Variable and Key set it elsewhere; File is where the key belongs.
	Flag, Variable, Key, File string
	// Check says what is wrong with a value for the console.
	Check func(string) error
}

// Why a setting is none of the console.
const (
	BarsStart  = "start"  // it is needed before the data are open
	BarsReach  = "reach"  // a wrong one shuts everybody out
	BarsTrust  = "trust"  // it says whom, or what, the server trusts
	BarsSecret = "secret" // it holds or protects a secret
	BarsFiles  = "files"  // it names something on the server's machine
	BarsLoss   = "loss"   // a wrong one destroys what cannot be brought back
)

// shownSetting is a setting as the console shows it.
type shownSetting struct {
	Name     string     `json:"name"`
	Help     string     `json:"help"`
	Value    *string    `json:"value"` // null where there is none, or it is secret
	Secret   bool       `json:"secret"`
	Set      bool       `json:"set"`
	Default  string     `json:"default"`
	Origin   string     `json:"origin"`
	By       string     `json:"by"`
	Locked   bool       `json:"locked"`
	Bars     string     `json:"bars"`
	Live     bool       `json:"live"`
	Waits    bool       `json:"waits"`
	Wrong    string     `json:"wrong"`
	Flag     string     `json:"flag"`
	Variable string     `json:"variable"`
	Key      string     `json:"key"`
	File     string     `json:"file"`
	Kept     *keptValue `json:"kept"`
}

// keptValue is what an operator keeps of a setting.
type keptValue struct {
	Value string    `json:"value"`
	At    core.Time `json:"at"`
	By    string    `json:"by"`   // the id of an account, "" for the machine
	Name  string    `json:"name"` // what the account is called, "" where it is gone
}

type shownSettings struct {
	Items []shownSetting `json:"items"`
}

// settingRoutes serve the settings of the server.
func (s *Server) settingRoutes() {
	s.console(Route{Method: fiber.MethodGet, Path: "settings", Role: core.Auditor, Whole: true, Summary: "The settings of the server, and where each comes from", Shows: "Settings", Answer: shownSettings{}}, showSettings)
	s.console(Route{Method: fiber.MethodPost, Path: "settings", Role: core.Owner, Whole: true, StepUp: true, Summary: "Keep values of settings, by their names; null takes one back", Shows: "Settings", Answer: shownSettings{}}, changeSettings)
}

// settings are those that somebody told the server of.
func (r *request) settings() (Settings, error) {
	if r.srv.settings == nil {
		return nil, core.Errorf(core.NotAllowed, "not_allowed", "Nobody has told this server of its settings.")
	}
	return r.srv.settings, nil
}

func showSettings(r *request, _ string) error {
	all, err := r.settings()
	if err != nil {
		return err
	}
	r.srv.settingLock.Lock()
	defer r.srv.settingLock.Unlock()
	var kept map[string]core.KeptSetting
	err = r.srv.App.View(r.c.Context(), func(tx *core.Tx) (err error) {
		kept, err = tx.KeptSettings()
		return err
	})
	if err != nil {
		return err
	}
	return r.answerSettings(all, kept)
}

// changeSettings keeps all that it is sent, or nothing.
func changeSettings(r *request, _ string) error {
	all, err := r.settings()
	if err != nil {
		return err
	}
	change := map[string]*string{}
	if err := r.input(&change); err != nil {
		return err
	}
	r.srv.settingLock.Lock()
	defer r.srv.settingLock.Unlock()
	known := all.All(nil)
	for _, name := range slices.Sorted(maps.Keys(change)) {
		i := slices.IndexFunc(known, func(s Setting) bool { return s.Name == name })
		if i < 0 {
			return fieldError("unknown_field", name, "There is no setting of this name.")
		}
		if err := known[i].takes(change[name]); err != nil {
			return err
		}
	}
	var kept map[string]core.KeptSetting
	err = r.srv.App.Update(r.c.Context(), func(tx *core.Tx) (err error) {
		kept, err = core.KeepSettings(tx, change)
		return err
	})
	if err != nil {
		return err
	}
	all.Use(kept)
	return r.answerSettings(all, kept)
}

// takes tells whether the console may keep a value; nil is none.
func (s Setting) takes(value *string) error {
	refuse := func(kind core.ErrorKind, code, msg string) error {
		return &core.Error{Kind: kind, Code: code, Msg: msg, Fields: map[string]string{s.Name: msg}}
	}
	switch {
	case value == nil: // what is kept may always be forgotten
		return nil
	case s.Bars != "":
		return refuse(core.Invalid, "unsupported_value", s.Name+" is not set in the console, but by "+s.Flag+", "+s.Variable+" or the settings file.")
	case s.Locked:
		return refuse(core.Conflict, "locked", s.Name+" is set by "+s.By+". Take it out there first.")
	}
	if err := s.Check(*value); err != nil {
		return refuse(core.Invalid, "invalid_value", s.Name+" "+err.Error()+".")
	}
	return nil
}

func (r *request) answerSettings(all Settings, kept map[string]core.KeptSetting) error {
	out := shownSettings{Items: []shownSetting{}}
	names := map[core.ID[core.Account]]string{}
	err := r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		for _, k := range kept {
			if k.By == "" || names[k.By] != "" {
				continue
			}
			acc, err := core.Get(tx, k.By)
			if core.IsNotFound(err) {
				continue
			}
			if err != nil {
				return err
			}
			names[k.By] = cmp.Or(acc.FullName(), acc.Email)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, s := range all.All(kept) {
		shown := shownSetting{Name: s.Name, Help: s.Help, Secret: s.Secret, Set: s.Set, Default: s.Default, Origin: s.Origin, By: s.By, Locked: s.Locked, Bars: s.Bars,
			Live: s.Live, Waits: s.Waits, Wrong: s.Wrong, Flag: s.Flag, Variable: s.Variable, Key: s.Key, File: s.File}
		if s.Set && !s.Secret {
			shown.Value = &s.Value
		}
		if k, ok := kept[s.Name]; ok && s.Bars == "" {
			shown.Kept = &keptValue{k.Value, k.At, string(k.By), names[k.By]}
		}
		out.Items = append(out.Items, shown)
	}
	return r.answer(out)
}
