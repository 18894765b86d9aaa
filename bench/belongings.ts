/** What a run has started, ended in reverse order: also what is still starting when the run is interrupted. */
export class Belongings {
  readonly #endings: Promise<() => Promise<void>>[] = [];
  #isInterrupted = false;

  /** Takes care of what is being started, from now on. Answers it. */
  keep<T>(starting: Promise<T>, end: (started: T) => Promise<void>): Promise<T> {
    // What never started needs no end; whoever waits for it hears why.
    this.#endings.push(starting.then((started) => () => end(started)).catch(() => async () => {}));
    return starting;
  }

  /** Ends everything, the last first. A failed end does not keep the others. */
  async end(): Promise<void> {
    for (const ending of this.#endings.splice(0).reverse()) {
      try {
        await (await ending)();
      } catch (error) {
        process.stderr.write(`something did not end: ${error}\n`);
      }
    }
  }

  /** On Ctrl-C and `kill` everything ends before this process does. */
  endOnSignals(): void {
    // Ctrl-C arrives twice, from the terminal and through npm: the second finds nothing left to end.
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)
      process.on(signal, () => {
        if (this.#isInterrupted) return;
        this.#isInterrupted = true;
        process.stderr.write(`\n${signal}: ends what was started\n`);
        void this.end().finally(() => process.exit(code));
      });
  }
}
