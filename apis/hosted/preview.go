package hosted

import (
	"bytes"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// Preview is a page of an application as a source of somebody's makes it with the sample of
// that number, as a visit sees it; or what is wrong with the source. What is shown is held
// to what TemplateProblem asks, and nothing of it is kept.
func (p *Pages) Preview(v Visit, application, page, source string, sample int) (html []byte, problem string) {
	if strings.TrimSpace(source) == "" {
		return nil, "there is no source"
	}
	if problem := p.TemplateProblem(page, source); problem != "" {
		return nil, problem
	}
	return p.sampled(v, application, page, source, sample)
}

// PreviewBrand is a page with a branding that was checked and is not kept: its logo is in
// the page, and nothing of it is remembered. The source is one that is kept; without one
// the page is ours.
func (p *Pages) PreviewBrand(v Visit, b *core.Branding, application, page, source string) (html []byte, problem string) {
	if source == "" {
		source, _ = p.Template(page)
	}
	v.Brand, v.Locale = NewBrand(b), v.Locale.plain()
	v.Brand.Icon = ""
	if texts := b.Texts[v.Locale.Name]; len(texts) > 0 {
		v.Locale = v.Locale.with("", texts)
	}
	html, problem = p.sampled(v, application, page, source, 0)
	if v.Brand.Logo != "" {
		html = bytes.ReplaceAll(html, []byte(v.Brand.Logo), []byte(b.Logo))
	}
	return html, problem
}

// sampled is a page as a source makes it with the sample of that number.
func (p *Pages) sampled(v Visit, application, page, source string, sample int) (html []byte, problem string) {
	all := p.Samples(v.Named(application))[page]
	if !slices.Contains(core.PageNames, page) || len(all) == 0 {
		return nil, "there is no such page"
	}
	if v.Locale == nil {
		v.Locale = p.locales[0]
	}
	t, err := p.override(v.Locale, page, source)
	if err != nil {
		return nil, said(err)
	}
	html, err = render(t, page, shown{Nonce: random(16), Form: "form." + random(16), Lang: v.Name, Brand: v.Brand, Base: v.Base, Data: all[min(max(sample, 0), len(all)-1)]})
	if err != nil {
		return nil, said(err)
	}
	return html, ""
}
