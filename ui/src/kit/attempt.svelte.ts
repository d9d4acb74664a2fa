/** What a page asks the server to do, and what was refused of the last of it. */
export class Attempt {
  failed = $state.raw<Error>()

  /** done runs after each that succeeds: a list is read again. */
  constructor(private done?: () => unknown) {}

  /** Does it, and keeps a refusal for the page to show. */
  async run(fn: () => Promise<unknown>): Promise<void> {
    this.failed = undefined
    try {
      await fn()
      await this.done?.()
    } catch (err) {
      this.failed = err as Error
    }
  }

  /** The same as an action that is done later. */
  act(fn: () => Promise<unknown>): () => Promise<void> {
    return () => this.run(fn)
  }
}
