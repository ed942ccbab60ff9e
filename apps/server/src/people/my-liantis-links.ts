/** The person's page in MyLiantis, where HR changes synced fields. Null when the enterprise number is not known. */
export function workerLink(
  myLiantisUrl: string,
  enterpriseNumber: string | null,
  workerId: string,
): string | null {
  const workers = workersLink(myLiantisUrl, enterpriseNumber);
  return workers === null ? null : `${workers}/${encodeURIComponent(workerId)}`;
}

/** The employer's list of people in MyLiantis. */
export function workersLink(myLiantisUrl: string, enterpriseNumber: string | null): string | null {
  if (enterpriseNumber === null) return null;
  return `${myLiantisUrl}/employers/${encodeURIComponent(enterpriseNumber)}/workers`;
}
