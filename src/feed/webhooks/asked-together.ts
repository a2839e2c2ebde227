interface Waiting<Question, Answer> {
  readonly question: Question
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/**
 * Asks together, in one round trip, what is asked while an answer is under way. Each question comes
 * to its own answer, or fails by itself; where the round trip fails, all of them do.
 */
export class AskedTogether<Question, Answer> {
  readonly #ask: (
    questions: readonly Question[],
  ) => Promise<readonly PromiseSettledResult<Answer>[]>
  readonly #atOnceMax: number
  readonly #waiting: Waiting<Question, Answer>[] = []
  #isAsking = false

  /** `ask` answers in the order of the questions, of which there are `atOnceMax` at most. */
  constructor(
    ask: (questions: readonly Question[]) => Promise<readonly PromiseSettledResult<Answer>[]>,
    atOnceMax: number,
  ) {
    this.#ask = ask
    this.#atOnceMax = atOnceMax
  }

  ask(question: Question): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#waiting.push({ question, resolve, reject })
    if (!this.#isAsking) void this.#askAll()
    return promise
  }

  async #askAll(): Promise<void> {
    this.#isAsking = true
    // What else this turn of the event loop asks for goes along.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const asked = this.#waiting.splice(0, this.#atOnceMax)
      try {
        const answers = await this.#ask(asked.map(({ question }) => question))
        for (const [index, { resolve, reject }] of asked.entries()) {
          const answer = answers[index]
          if (answer?.status === 'fulfilled') resolve(answer.value)
          else reject(answer?.reason)
        }
      } catch (error) {
        for (const { reject } of asked) reject(error)
      }
    }
    this.#isAsking = false
  }
}
