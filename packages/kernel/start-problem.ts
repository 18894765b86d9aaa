/** A mistake of the person who starts Plaza, in its settings or a marketplace's files: told in their words, without a stack trace. */
export class StartProblem extends Error {
  override readonly name: string = 'StartProblem';
}
