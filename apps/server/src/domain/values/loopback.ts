/** Whether a host name is this machine, where plain http is harmless. @param hostname as `URL#hostname` or a setting has it */
export function isLoopbackHost(hostname: string): boolean {
  return ["localhost", "::1", "[::1]"].includes(hostname) || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
