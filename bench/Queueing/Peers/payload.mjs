// What every job carries: about 200 bytes as JSON. See Contenders/Payload.cs.
const text =
  "The mitochondrion makes most of the cell's supply of adenosine triphosphate, " +
  'which is used throughout the cell, by all of its parts, as a source of chemical energy.';

// Microseconds on the machine's monotonic clock, which its processes share.
export const now = () => Number(process.hrtime.bigint() / 1000n);

export const payload = number => ({ sentAt: 0, number, text });

export const sentNow = number => ({ sentAt: now(), number, text });
