/** The same request from elsewhere: exactly this one, with an API key. */
export interface Snippet {
  id: string
  title: string
  code: (method: string, url: string, body?: unknown) => string
}

const json = (body: unknown, indent = '') => JSON.stringify(body, null, 2).replaceAll('\n', `\n${indent}`)

export const snippets: Snippet[] = [
  {
    id: 'curl',
    title: 'curl',
    code: (method, url, body) =>
      ['curl --globoff --user "$ID:$SECRET"', method === 'GET' ? '' : `  --request ${method}`, body === undefined ? '' : `  --header 'Content-Type: application/json' \\\n  --data '${json(body).replaceAll("'", "'\\''")}'`, `  '${url}'`].filter(Boolean).join(' \\\n'),
  },
  {
    id: 'node',
    title: 'Node',
    code: (method, url, body) => `const res = await fetch('${url}', {
  ${method === 'GET' ? '' : `method: '${method}',\n  `}headers: {
    authorization: 'Basic ' + btoa(\`\${process.env.ID}:\${process.env.SECRET}\`),${body === undefined ? '' : "\n    'content-type': 'application/json',"}
  },${body === undefined ? '' : `\n  body: JSON.stringify(${json(body, '  ')}),`}
})
const answer = await res.json()`,
  },
  {
    id: 'python',
    title: 'Python',
    code: (method, url, body) => `import os, requests

answer = requests.${method.toLowerCase()}(
    '${url}',
    auth=(os.environ['ID'], os.environ['SECRET']),${body === undefined ? '' : `\n    json=${json(body, '    ').replaceAll('true', 'True').replaceAll('false', 'False').replaceAll('null', 'None')},`}
).json()`,
  },
  {
    id: 'go',
    title: 'Go',
    code: (method, url, body) => `req, err := http.NewRequest("${method}", "${url}", ${body === undefined ? 'nil' : `strings.NewReader(\`${json(body)}\`)`})
if err != nil {
	return err
}
req.SetBasicAuth(os.Getenv("ID"), os.Getenv("SECRET"))${body === undefined ? '' : '\nreq.Header.Set("Content-Type", "application/json")'}
res, err := http.DefaultClient.Do(req)`,
  },
]
