import { createServer } from "node:net";

/** The wanted port if no other program uses it, otherwise a free one. */
export async function freePort(host: string, wanted = 0): Promise<number> {
  const port = await listenOnce(host, wanted).catch((error: unknown) => {
    if (wanted !== 0) return 0;
    throw error;
  });
  return port === 0 ? await listenOnce(host, 0) : port;
}

function listenOnce(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
