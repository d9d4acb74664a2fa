package apis

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func server(t testing.TB) (*Server, *coretest.World) {
	t.Helper()
	w := coretest.New(t)
	s, err := New(w.App, Options{PublicURL: "https://id.example.com"})
	if err != nil {
		t.Fatal(err)
	}
	return s, w
}

// Booleans and numbers come as they are or as text; null clears text and lists
// and nothing else.
func TestWhatABodySets(t *testing.T) {
	s, _ := server(t)
	r := &request{srv: s, who: nobody, base: "http://localhost/v1"}
	for _, row := range []struct {
		body string
		rec  any
		want any // the record after, or the code of the error
	}{
		{`{"listIndex":3,"isDefaultAccountStore":true}`, &core.AccountStoreMapping{}, &core.AccountStoreMapping{ListIndex: 3, DefaultAccounts: true}},
		{`{"listIndex":"3","isDefaultAccountStore":"True"}`, &core.AccountStoreMapping{}, &core.AccountStoreMapping{ListIndex: 3, DefaultAccounts: true}},
		{`{"listIndex":3.0,"isDefaultAccountStore":0}`, &core.AccountStoreMapping{DefaultAccounts: true}, &core.AccountStoreMapping{ListIndex: 3}},
		{`{"listIndex":" 4 "}`, &core.AccountStoreMapping{}, &core.AccountStoreMapping{ListIndex: 4}},
		{`{"listIndex":null,"isDefaultGroupStore":null,"accountStore":null}`, &core.AccountStoreMapping{ListIndex: 1, DefaultGroups: true, Store: "groups/x"},
			&core.AccountStoreMapping{ListIndex: 1, DefaultGroups: true, Store: "groups/x"}},
		{`{"listIndex":1.5}`, &core.AccountStoreMapping{}, "wrong_type"},
		{`{"listIndex":1e99}`, &core.AccountStoreMapping{}, "wrong_type"},
		{`{"listIndex":true}`, &core.AccountStoreMapping{}, "wrong_type"},
		{`{"isDefaultAccountStore":"yes"}`, &core.AccountStoreMapping{}, "wrong_type"},
		{`{"isDefaultAccountStore":[]}`, &core.AccountStoreMapping{}, "wrong_type"},
		{`{"accountStore":"http://localhost/v1/groups/x"}`, &core.AccountStoreMapping{}, &core.AccountStoreMapping{Store: "groups/x"}},
		{`{"accountStore":{"href":"/v1/groups/x/","name":"y"}}`, &core.AccountStoreMapping{}, &core.AccountStoreMapping{Store: "groups/x"}},
		{`{"accountStore":{"href":"https://id.example.com/v1/groups/x?expand=y"}}`, &core.AccountStoreMapping{}, &core.AccountStoreMapping{Store: "groups/x"}},
		{`{"accountStore":{"href":"https://id.example.com.evil/v1/groups/x"}}`, &core.AccountStoreMapping{}, "invalid_reference"},
		{`{"accountStore":{"href":"https://a@id.example.com/v1/groups/x"}}`, &core.AccountStoreMapping{}, "invalid_reference"},
		{`{"accountStore":{"href":"ftp://id.example.com/v1/groups/x"}}`, &core.AccountStoreMapping{}, "invalid_reference"},
		{`{"accountStore":{"href":"https://id.example.com/v1/groups/../groups/x"}}`, &core.AccountStoreMapping{}, "invalid_reference"},
		{`{"accountStore":{"href":"groups/x"}}`, &core.AccountStoreMapping{}, "invalid_reference"},
		{`{"application":{"href":"/v1/groups/x"}}`, &core.AccountStoreMapping{}, "invalid_reference"},
		{`{"application":{"href":"/v1/applications/x/groups"}}`, &core.AccountStoreMapping{}, "invalid_reference"},
		{`{"application":[]}`, &core.AccountStoreMapping{}, "wrong_type"},
		{`{"name":null,"description":null,"status":null}`, &core.Group{Name: "a", Description: "b", Status: core.Disabled}, &core.Group{Status: core.Disabled}},
		{`{"status":"disabled"}`, &core.Group{}, &core.Group{Status: core.Disabled}},
		{`{"name":7}`, &core.Group{}, "wrong_type"},
		{`{"authorizedCallbackUris":null}`, &core.Application{Callbacks: []string{"x"}}, &core.Application{}},
		{`{"authorizedCallbackUris":"x"}`, &core.Application{}, "wrong_type"},
		{`{"admin":true,"epoch":9,"createdAt":"x"}`, &core.Application{}, &core.Application{}},
	} {
		in, err := parseObject([]byte(row.body))
		if err != nil {
			t.Fatal(err)
		}
		err = r.decode(in, row.rec, true)
		if code, ok := row.want.(string); ok {
			if err == nil || core.AsError(err).Code != code {
				t.Errorf("%s: %v, want %s", row.body, err, code)
			}
		} else if err != nil || !reflect.DeepEqual(row.rec, row.want) {
			t.Errorf("%s: %+v, want %+v: %v", row.body, row.rec, row.want, err)
		}
	}
}

// A body is an object of bounded depth or a refusal of the caller's; whatever it
// sets, setting it again changes nothing, and hidden and read-only members stay.
func FuzzBody(f *testing.F) {
	for _, s := range []string{`{}`, `{"name":"x"}`, `null`, `[]`, `{"listIndex":"3"}`, `{"accountStore":{"href":"/v1/groups/x"}}`, `{"status":"enabled","admin":true,"epoch":1}`,
		`{"authorizedCallbackUris":["a",null]}`, strings.Repeat(`{"a":`, 40), "\v{}", `{"a":"\ud800"}`, `{"name":"a","name":2}`, `{"minLength":1e3}`, "\xff", `{"directory":{"href":"/v1/directories/x"}}`} {
		f.Add([]byte(s))
	}
	s, _ := server(f)
	r := &request{srv: s, who: nobody, base: "http://localhost/v1"}
	f.Fuzz(func(t *testing.T, body []byte) {
		in, err := parseObject(body)
		if err != nil {
			if e := core.AsError(err); e.Kind != core.Invalid || codes[e.Code] == 0 {
				t.Fatalf("%q: %v", body, err)
			}
			return
		}
		if in == nil {
			if len(bytes.Trim(body, " \t\r\n")) > 0 {
				t.Fatalf("%q is no body", body)
			}
			return
		}
		if !json.Valid(body) || !utf8.Valid(body) || depth(body) > maxDepth {
			t.Fatalf("%q is taken for an object", body)
		}
		for _, k := range s.App.Kinds() {
			one, two := k.Make(), k.Make()
			if err := r.decode(in, one, true); err != nil {
				if e := core.AsError(err); e.Kind != core.Invalid || codes[e.Code] == 0 {
					t.Fatalf("%s %q: %v", k.Info().Name, body, err)
				}
				continue
			}
			if r.decode(in, two, true) != nil || r.decode(in, two, true) != nil || !reflect.DeepEqual(one, two) {
				t.Fatalf("%s %q: %+v, then %+v", k.Info().Name, body, one, two)
			}
			fresh := reflect.ValueOf(k.Make()).Elem()
			for i, f := range reflect.VisibleFields(fresh.Type()) {
				if access, _, _ := strings.Cut(f.Tag.Get("api"), ","); !f.Anonymous && f.IsExported() && (access == "ro" || access == "-") {
					if got := reflect.ValueOf(one).Elem().FieldByIndex(f.Index); !reflect.DeepEqual(got.Interface(), fresh.FieldByIndex(f.Index).Interface()) {
						t.Fatalf("%s %q sets field %d, %s", k.Info().Name, body, i, f.Name)
					}
				}
			}
		}
	})
}

// What passes for Basic is made of what went in; nothing else passes.
func FuzzBasic(f *testing.F) {
	for _, s := range []string{"", "Basic", "Basic ", "Basic YTpi", "basic YTpi", "Basic  YTpi ", "Bearer YTpi", "Basic YQ==", "Basic Ojo6", "Basic %%%", "Basic YTpi\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, header string) {
		id, plain, ok := basic(header)
		if !ok {
			if id != "" && plain != "" {
				t.Fatalf("%q: refused, and yet %q and %q", header, id, plain)
			}
			return
		}
		if strings.Contains(id, ":") {
			t.Fatalf("%q: id %q", header, id)
		}
		again := "Basic " + base64.StdEncoding.EncodeToString([]byte(id+":"+plain))
		if id2, plain2, ok := basic(again); !ok || id2 != id || plain2 != plain {
			t.Fatalf("%q: %q and %q, again %q and %q", header, id, plain, id2, plain2)
		}
	})
}
