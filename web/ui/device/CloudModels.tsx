import { createResource, For, Match, Switch } from 'solid-js';
import type { Vendor } from '../../../edge-proxy/contract.ts';
import { proxyHealth } from '../../remote/proxy.ts';
import { Button } from '../controls/Button.tsx';
import css from './DevicePlace.module.css';

/** Names for people, and the line that adds the key. docs/deploy.md lists every secret. */
const VENDORS: readonly { vendor: Vendor; name: string; secret: string }[] = [
  { vendor: 'replicate', name: 'Replicate', secret: 'REPLICATE_API_TOKEN' },
  { vendor: 'bedrock', name: 'Amazon Bedrock', secret: 'AWS_BEARER_TOKEN_BEDROCK' },
  { vendor: 'openai', name: 'OpenAI', secret: 'OPENAI_API_KEY' },
  { vendor: 'gemini', name: 'Google Gemini', secret: 'GEMINI_API_KEY' },
  { vendor: 'stability', name: 'Stability AI', secret: 'STABILITY_API_KEY' },
  { vendor: 'bfl', name: 'Black Forest Labs', secret: 'BFL_API_KEY' },
  { vendor: 'recraft', name: 'Recraft', secret: 'RECRAFT_API_TOKEN' },
  {
    vendor: 'self-hosted',
    name: 'Your own generator',
    secret: 'SELF_HOSTED_ORIGIN, SELF_HOSTED_BEARER',
  },
];

/** Which cloud vendors the edge proxy could call, and how to add the missing ones. */
export function CloudModels() {
  const [health, { refetch }] = createResource(() => proxyHealth());
  const answer = () => {
    const current = health.latest;
    return current?.ok ? current.value : null;
  };
  const problem = () => {
    const current = health.latest;
    return current && !current.ok ? current.problem.kind : null;
  };
  return (
    <section class={css.section}>
      <h2>Cloud models (optional)</h2>
      <Switch fallback={<p class={css.quiet}>Asking the edge proxy…</p>}>
        <Match when={answer()}>
          {(current) => (
            <>
              <dl class={css.facts}>
                <For each={VENDORS}>
                  {({ vendor, name, secret }) => (
                    <>
                      <dt>{name}</dt>
                      <dd>
                        {current().vendors[vendor] ? (
                          'Key present'
                        ) : (
                          <span class={css.quiet}>
                            No key: set <code>{secret}</code>
                          </span>
                        )}
                      </dd>
                    </>
                  )}
                </For>
              </dl>
              <p class={css.quiet}>
                Keys stay with the edge proxy and never reach this page. On your own machine put
                them into <code>edge-proxy/.dev.vars</code>, one <code>NAME=value</code> a line, and
                restart; <code>docs/deploy.md</code> says where each comes from.
              </p>
            </>
          )}
        </Match>
        <Match when={problem() === 'unreachable'}>
          <p class={css.quiet}>
            The edge proxy does not answer. The Workshop needs neither it nor a network.
          </p>
        </Match>
        <Match when={problem() === 'absent'}>
          <p class={css.quiet}>
            This site is served without the edge proxy. The Workshop does not need it.
          </p>
        </Match>
      </Switch>
      <Button disabled={health.loading} onClick={() => void refetch()}>
        Ask again
      </Button>
    </section>
  );
}
