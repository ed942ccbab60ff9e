import { createControl, type Control } from "./control/control.ts";
import { createArmedFaults } from "./faults/armed.ts";
import { listen, type RunningListener } from "./listener.ts";
import { createConsentProvider, type ConsentGiven } from "./oidc/consent-provider.ts";
import { createSignInProvider } from "./oidc/sign-in-provider.ts";
import { createSigningKey, type IdTokenAlgorithm } from "./oidc/signing-key.ts";
import { createCursorCodec } from "./partner/cursor.ts";
import { createRequestLog } from "./partner/request-log.ts";
import { createPartnerTokens } from "./partner/tokens.ts";
import { attachStateFile } from "./state/state-file.ts";
import { World } from "./state/world.ts";
import { createApp } from "./app.ts";

export interface SimulatorOptions {
  /** The default, 0, takes a free port. */
  readonly port?: number;
  readonly host?: string;
  /** The same seed and the same `now` generate the same people. */
  readonly seed?: string | number;
  /** The simulated time at the start, RFC 3339; real time if absent. The clock continues from there. */
  readonly now?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly redirectUris?: readonly string[];
  readonly signInClientId?: string;
  readonly signInClientSecret?: string;
  readonly signInRedirectUris?: readonly string[];
  /** A file that keeps the state across restarts. */
  readonly stateFile?: string;
  readonly idTokenAlgorithm?: IdTokenAlgorithm;
}

export interface Simulator {
  /** LIANTIS_API_URL */
  readonly url: string;
  /** LIANTIS_ISSUER_URL */
  readonly issuerUrl: string;
  /** MYLIANTIS_URL */
  readonly myUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The plain sign-in provider: OIDC_ISSUER_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET. */
  readonly signIn: { readonly issuerUrl: string; readonly clientId: string; readonly clientSecret: string };
  readonly control: Control;
  close(): Promise<void>;
}

const DEFAULT_CLIENT_ID = "payflip";
const DEFAULT_CLIENT_SECRET = "payflip-demo-secret";
const DEFAULT_SIGN_IN_CLIENT_ID = "payflip-sign-in";
const DEFAULT_SIGN_IN_CLIENT_SECRET = "payflip-sign-in-demo-secret";

/** Starts the simulated Liantis in this process. Rejects with `EADDRINUSE` if the port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const seed = String(options.seed ?? 1);
  const redirectUris = options.redirectUris ?? [];
  const signInRedirectUris = options.signInRedirectUris ?? [];
  const world = new World({ seed, now: options.now, redirectUris, signInRedirectUris });
  const stateFile = options.stateFile === undefined ? null : attachStateFile(world, options.stateFile);
  const listener = await listen(options.port ?? 0, options.host ?? "127.0.0.1");
  const client = {
    clientId: options.clientId ?? DEFAULT_CLIENT_ID,
    clientSecret: options.clientSecret ?? DEFAULT_CLIENT_SECRET,
  };
  const signInClient = {
    clientId: options.signInClientId ?? DEFAULT_SIGN_IN_CLIENT_ID,
    clientSecret: options.signInClientSecret ?? DEFAULT_SIGN_IN_CLIENT_SECRET,
  };
  const algorithm = options.idTokenAlgorithm ?? "ES256";
  const { control, close } = await serve(listener, { world, client, signInClient, algorithm });
  return {
    url: listener.url,
    issuerUrl: `${listener.url}/oidc`,
    myUrl: `${listener.url}/my`,
    ...client,
    signIn: { issuerUrl: `${listener.url}/sign-in-oidc`, ...signInClient },
    control,
    close: async () => {
      await close();
      stateFile?.close();
    },
  };
}

interface Served {
  readonly world: World;
  readonly client: { clientId: string; clientSecret: string };
  readonly signInClient: { clientId: string; clientSecret: string };
  readonly algorithm: IdTokenAlgorithm;
}

async function serve(listener: RunningListener, { world, client, signInClient, algorithm }: Served) {
  const faults = createArmedFaults();
  const tokens = createPartnerTokens(world.clock);
  const log = createRequestLog(world.clock);
  const codec = createCursorCodec(`${world.seed} cursors`);
  const consents = new Map<string, ConsentGiven>();
  const key = createSigningKey(algorithm, world.seed);
  const issuer = `${listener.url}/oidc`;
  const consentProvider = createConsentProvider({ issuer, world, ...client, key, faults, tokens, consents });
  const signInProvider = createSignInProvider({
    issuer: `${listener.url}/sign-in-oidc`,
    world,
    ...signInClient,
    key,
  });
  const control = createControl({ world, faults, log, tokens });
  const app = await createApp({
    world,
    faults,
    tokens,
    log,
    codec,
    consents,
    control,
    consentProvider,
    signInProvider,
  });
  listener.serve({ app, faults, log, providers: { oidc: consentProvider, "sign-in-oidc": signInProvider } });
  return {
    control,
    close: async () => {
      await listener.close();
      await app.close();
    },
  };
}
