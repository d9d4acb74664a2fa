/** The secrets that were made on these pages and are not yet taken: in memory alone, gone with the page. */
const secrets = $state<{ [client: string]: string }>({})

/** Holds the secret of a client until it is taken. */
export function hold(client: string, secret: string): void {
  secrets[client] = secret
}

/** The secret of a client that nobody has taken yet, '' for none. */
export function held(client: string): string {
  return secrets[client] ?? ''
}

/** Forgets it: it was taken. */
export function forget(client: string): void {
  delete secrets[client]
}

const owned = new Set<string>()

/** Notes a client that was made on these pages. */
export function own(client: string): void {
  owned.add(client)
}

/** Whether it was. */
export function isOwn(client: string): boolean {
  return owned.has(client)
}
