package djoser

import "testing"

func TestTemplatesOfDjangoAreUnderstood(t *testing.T) {
	values := map[string]string{"username": "<jo>", "site_name": "Shop & Co", "url": "#/a/b", "domain": "x.co", "protocol": "https"}
	const old = `{% load i18n %}{% autoescape off %}{% blocktrans %}Hello {{ user.get_username }} of {{site_name}}{% endblocktrans %}
{% trans "Go to" %} {{ protocol }}://{{ domain }}/{{ url|safe }}{# a note #}{% endautoescape %}`
	if bad := misunderstood(old); bad != "" {
		t.Fatalf("%s is not understood", bad)
	}
	if got, want := fill(old, values, false), "Hello <jo> of Shop & Co\nGo to https://x.co/#/a/b"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := fill("{{ user }} {{ site_name }}", values, true), "&lt;jo&gt; Shop &amp; Co"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, bad := range []string{"{{ user.password }}", "{{ settings.SECRET_KEY }}", "{% include 'x' %}", "{% if user %}", "{{ user|upper }}", "{{ }}"} {
		if misunderstood("x "+bad) != bad {
			t.Errorf("%s is understood", bad)
		}
	}
	if got := oneLine("a\n b\r\nc "); got != "a b c" {
		t.Errorf("%q", got)
	}
}

func TestTheTextsThatCome(t *testing.T) {
	for version, want := range map[string]int{Old: 4, New: 6} {
		names := templateNames(version)
		if len(names) != want {
			t.Errorf("djoser %s has %q", version, names)
		}
		m := &DjoserMount{Version: version}
		for _, name := range names {
			text, err := m.templateOf(name)
			if err != nil || misunderstood(text) != "" {
				t.Errorf("%s: %v, %q", name, err, misunderstood(text))
			}
			if b := blocksOf(text); version == New && (b["subject"] == "" || b["text_body"] == "" || b["html_body"] == "") {
				t.Errorf("%s has the blocks %q", name, b)
			}
		}
	}
}
