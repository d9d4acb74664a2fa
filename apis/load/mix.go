package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"
)

// standing is how many of the accounts that a mix has registered live at a time: as
// many are deleted as are registered from there on.
const standing = 20

// mix is a steady load of all kinds at once.
type mix struct {
	sub    *subject
	base   *seeded
	auth   string
	client *http.Client
	chores []*chore
	all    sync.WaitGroup

	count  atomic.Int64
	mu     sync.Mutex
	people []person // that were registered and not yet deleted, oldest first
}

// chore is one kind of work.
type chore struct {
	name  string
	every time.Duration
	do    func() error

	done, wrong int
	said        error // the first that went wrong
}

func newMix(sub *subject, base *seeded) *mix {
	m := &mix{sub: sub, base: base, client: &http.Client{Timeout: 30 * time.Second},
		auth: "Basic " + base64.StdEncoding.EncodeToString([]byte(sub.keyID+":"+sub.keySecret))}
	add := func(name string, aSecond int, do func() error) {
		m.chores = append(m.chores, &chore{name: name, every: time.Second / time.Duration(aSecond), do: do})
	}
	add("register", 4, m.register)
	add("log in", 4, func() error { return m.login(password, 200) })
	add("wrong password", 2, func() error { return m.login("not "+password, 400) })
	add("read", 30, m.read)
	add("search", 10, m.search)
	add("update", 5, m.update)
	add("custom data", 4, m.custom)
	add("delete", 4, m.remove)
	add("API key", 3, m.key)
	add("group", 2, m.group)
	add("reset token", 2, m.reset)
	add("new connection", 5, m.connect)
	return m
}

// start has all chores be done, each at its pace, until stop is closed.
func (m *mix) start(stop <-chan struct{}) {
	for _, c := range m.chores {
		m.all.Go(func() {
			pace := time.NewTicker(c.every)
			defer pace.Stop()
			for {
				select {
				case <-stop:
					return
				case <-pace.C:
				}
				if err := c.do(); err != nil {
					if c.wrong++; c.said == nil {
						c.said = err
					}
				}
				c.done++
			}
		})
	}
}

func (m *mix) print(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "work\tdone\twrong\t")
	for _, c := range m.chores {
		fmt.Fprintf(w, "%s\t%d\t%d\t\n", c.name, c.done, c.wrong)
	}
	w.Flush()
}

// failed is what went wrong, nil if nothing did.
func (m *mix) failed() (err error) {
	for _, c := range m.chores {
		switch {
		case c.said != nil:
			err = errors.Join(err, fmt.Errorf("%s: %d went wrong, the first: %w", c.name, c.wrong, c.said))
		case c.done == 0:
			err = errors.Join(err, fmt.Errorf("%s: none was done", c.name))
		}
	}
	return err
}

// ask does one request and holds its answer to a status.
func (m *mix) ask(method, path string, in any, status int, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, "http://"+m.sub.addr+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", m.auth)
	req.Header.Set("Accept", "application/json")
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := m.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != status {
		return fmt.Errorf("%s %s: %s %s", method, path, res.Status, b)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(b, out)
}

type linked struct {
	Href string `json:"href"`
}

func (l linked) path() string {
	_, path, _ := strings.Cut(l.Href, "/v1/")
	return "/v1/" + path
}

func (l linked) id() string { return l.Href[strings.LastIndexByte(l.Href, '/')+1:] }

type object = map[string]any

func (m *mix) directory() string   { return "/v1/directories/" + m.base.directory }
func (m *mix) application() string { return "/v1/applications/" + m.sub.application }

func (m *mix) register() error {
	name := fmt.Sprintf("soaked%d", m.count.Add(1))
	var made linked
	err := m.ask("POST", m.application()+"/accounts", object{"username": name, "email": name + "@example.com",
		"givenName": "Ann", "surname": "Soaked", "password": password}, 201, &made)
	if err == nil {
		m.mu.Lock()
		m.people = append(m.people, person{made.id(), name})
		m.mu.Unlock()
	}
	return err
}

// remove deletes the account that was registered first, if there are enough.
func (m *mix) remove() error {
	m.mu.Lock()
	if len(m.people) <= standing {
		m.mu.Unlock()
		return nil
	}
	who := m.people[0]
	m.people = slices.Delete(m.people, 0, 1)
	m.mu.Unlock()
	return m.ask("DELETE", "/v1/accounts/"+who.id, nil, 204, nil)
}

// anyone is one of the accounts that nobody deletes.
func (m *mix) anyone() person { return m.base.accounts[rand.IntN(len(m.base.accounts))] }

func (m *mix) login(with string, status int) error {
	value := base64.StdEncoding.EncodeToString([]byte(m.anyone().username + ":" + with))
	return m.ask("POST", m.application()+"/loginAttempts", object{"type": "basic", "value": value}, status, nil)
}

func (m *mix) read() error { return m.ask("GET", "/v1/accounts/"+m.anyone().id, nil, 200, nil) }

func (m *mix) search() error {
	return m.ask("GET", m.directory()+"/accounts?limit=25&q="+url.QueryEscape(m.anyone().username), nil, 200, nil)
}

func (m *mix) update() error {
	return m.ask("POST", "/v1/accounts/"+m.anyone().id, object{"middleName": fmt.Sprint(rand.IntN(1000))}, 200, nil)
}

func (m *mix) custom() error {
	return m.ask("POST", "/v1/accounts/"+m.anyone().id+"/customData", object{"seen": m.count.Load(), "tags": []string{"a", "b"}}, 200, nil)
}

// key makes an API key of an account, finds it, and deletes it.
func (m *mix) key() error {
	var made linked
	if err := m.ask("POST", "/v1/accounts/"+m.anyone().id+"/apiKeys", nil, 201, &made); err != nil {
		return err
	}
	if err := m.ask("GET", m.application()+"/apiKeys?id="+url.QueryEscape(made.id()), nil, 200, nil); err != nil {
		return err
	}
	return m.ask("DELETE", made.path(), nil, 204, nil)
}

// group makes a group with a member, and deletes it.
func (m *mix) group() error {
	var made linked
	if err := m.ask("POST", m.directory()+"/groups", object{"name": fmt.Sprintf("group%d", m.count.Add(1))}, 201, &made); err != nil {
		return err
	}
	if err := m.ask("POST", "/v1/groupMemberships", object{"group": linked{made.Href},
		"account": linked{"http://" + m.sub.addr + "/v1/accounts/" + m.anyone().id}}, 201, nil); err != nil {
		return err
	}
	return m.ask("DELETE", made.path(), nil, 204, nil)
}

// reset asks for a token that nobody spends: it expires.
func (m *mix) reset() error {
	return m.ask("POST", m.application()+"/passwordResetTokens", object{"email": m.anyone().username + "@example.com"}, 200, nil)
}

// connect comes by a connection of its own.
func (m *mix) connect() error {
	t := &http.Transport{}
	defer t.CloseIdleConnections()
	res, err := (&http.Client{Transport: t, Timeout: 30 * time.Second}).Get("http://" + m.sub.addr + "/healthz")
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, res.Body)
	return errors.Join(err, res.Body.Close())
}
