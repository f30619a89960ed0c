import { ExpressionSteps, type Step } from "./steps.ts";
import type { SyntaxNode } from "./syntax.ts";

/** Where control goes when it leaves a suite early. */
export interface Exits {
  readonly handler: Step | undefined;
  readonly onReturn: () => Step | undefined;
  readonly onBreak: () => Step | undefined;
  readonly onContinue: () => Step | undefined;
}

/** Keeps where exceptions, `return`, `break` and `continue` lead to, with what must run on their way. */
export class LeavingSteps extends ExpressionSteps {
  protected onReturn: () => Step | undefined = () => undefined;
  protected onBreak: () => Step | undefined = () => undefined;
  protected onContinue: () => Step | undefined = () => undefined;

  protected exits(): Exits {
    const { handler, onReturn, onBreak, onContinue } = this;
    return { handler, onReturn, onBreak, onContinue };
  }

  protected enter(exits: Exits): void {
    this.handler = exits.handler;
    this.onReturn = exits.onReturn;
    this.onBreak = exits.onBreak;
    this.onContinue = exits.onContinue;
  }

  /** From here on every early exit runs `cleanup` first, in the context of now, before it goes where it went. */
  protected enterWithFinally(node: SyntaxNode, cleanup: () => void): void {
    const outer = this.exits();
    const through = (target: () => Step | undefined) => {
      let entry: Step | undefined;
      return () => {
        if (entry) return entry;
        const [current, now] = [this.current, this.exits()];
        this.enter(outer);
        entry = this.current = this.detached(node);
        cleanup();
        const goal = target();
        if (goal) this.current.next.push(goal);
        this.current = current;
        this.enter(now);
        return entry;
      };
    };
    this.handler = through(() => outer.handler)();
    this.onReturn = through(outer.onReturn);
    this.onBreak = through(outer.onBreak);
    this.onContinue = through(outer.onContinue);
  }
}
