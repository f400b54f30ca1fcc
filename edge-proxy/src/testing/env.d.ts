/** Bindings that only the test run sets. */
declare namespace Cloudflare {
  interface Env {
    readonly CONTROL: string;
    readonly OUTSIDE: string;
    /** How many schedules the simulation plays. */
    readonly SCHEDULES?: string;
  }
  interface GlobalProps {
    mainModule: typeof import('../index.ts');
  }
}
