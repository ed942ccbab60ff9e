declare module "virtual:endpoints" {
  import type { Method } from "@payflip/contract/endpoint.ts";
  import type { EndpointName } from "@payflip/contract/endpoints.ts";

  /** Method and path of every endpoint of the contract; `endpoint-addresses.ts` makes it when the app is built. */
  export const endpoints: Readonly<Record<EndpointName, { readonly method: Method; readonly path: string }>>;
}
