/** The ten-line Worker that the edge proxy is measured against: a key, a fetch, nothing else. */
interface Bindings {
  readonly OPENAI_API_KEY: string;
  readonly LOOPBACK_HOSTS: string;
}
export class Account {}
export class House {}
export default {
  fetch(request: Request, { OPENAI_API_KEY, LOOPBACK_HOSTS }: Bindings): Promise<Response> {
    const { openai } = JSON.parse(LOOPBACK_HOSTS) as { openai: string };
    const headers = {
      authorization: `Bearer ${OPENAI_API_KEY}`,
      'content-type': 'application/json',
    };
    return fetch(`${openai}/v1/images/generations`, {
      method: 'POST',
      headers,
      body: request.body,
    });
  },
};
