/** In place of that of `host/environment-watch.ts`: there is no environment that could change. */
export class EnvironmentWatch implements Disposable {
  async follow(): Promise<void> {}

  [Symbol.dispose](): void {}
}
