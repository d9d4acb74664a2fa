/** The question of whether to do what cannot be taken back. */
export interface Question {
  title: string
  text?: string
  /** What the button says. */
  act: string
  danger?: boolean
  /** The name that must be typed. */
  typed?: string
  /** Asks for a text, such as the name of a view, in place of a yes. */
  field?: string
  /** What is done with the text before the question closes; what it throws is told at the field. */
  send?: (text: string) => unknown
}

export const asking = $state<{ question: Question | null; answer: (text: string | null) => void }>({ question: null, answer: () => {} })

/** Asks, and says whether the answer was yes. */
export async function confirm(question: Question): Promise<boolean> {
  return (await prompt(question)) !== null
}

/** Asks, and gives the text that was typed; null is no. */
export function prompt(question: Question): Promise<string | null> {
  asking.answer(null)
  return new Promise((resolve) => {
    asking.answer = (text) => {
      asking.question = null
      asking.answer = () => {}
      resolve(text)
    }
    asking.question = question
  })
}
