/** What the page of the tests leaves for them to call. */
declare global {
  var firnPage: typeof import('./engine.mjs').firnPage;
  /** Set by a script that the policy has to refuse. */
  var ran: boolean | undefined;
}

export {};
