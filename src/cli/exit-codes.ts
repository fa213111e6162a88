/** What the process says with its exit code. */
export const EXIT = {
  conformant: 0,
  nonconformant: 1,
  usage: 2,
  inconclusive: 3,
  interrupted: 130,
} as const;
