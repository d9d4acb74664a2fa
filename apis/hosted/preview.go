package hosted

import (
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// Preview is a page as a source of somebody's makes it with the sample of that number, as a
// visit sees it; or what is wrong with the source. What is shown is held to what
// TemplateProblem asks, and nothing of it is kept.
func (p *Pages) Preview(v Visit, page, source string, sample int) (html []byte, problem string) {
	if !slices.Contains(core.PageNames, page) || len(p.Samples[page]) == 0 {
		return nil, "there is no such page"
	}
	if strings.TrimSpace(source) == "" {
		return nil, "there is no source"
	}
	if problem := p.TemplateProblem(page, source); problem != "" {
		return nil, problem
	}
	if v.Locale == nil {
		v.Locale = p.locales[0]
	}
	t, err := p.override(v.Locale, page, source)
	if err != nil {
		return nil, said(err)
	}
	all := p.Samples[page]
	html, err = render(t, page, shown{Nonce: random(16), Form: "form." + random(16), Lang: v.Name, Brand: v.Brand, Base: v.Base, Data: all[min(max(sample, 0), len(all)-1)]})
	if err != nil {
		return nil, said(err)
	}
	return html, ""
}
