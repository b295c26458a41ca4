import type { ToolTable } from '../tool-table.js';

export const hostname: ToolTable = {
  summary: "Prints the host's name; sets nothing.",
  operands: [],
  options: {
    '-a, --alias': 'none',
    '-A, --all-fqdns': 'none',
    '-d, --domain': 'none',
    '-f, --fqdn, --long': 'none',
    '-i, --ip-address': 'none',
    '-I, --all-ip-addresses': 'none',
    '-s, --short': 'none',
    '-y, --yp, --nis': 'none',
    '-h, --help': 'none',
    '-V, --version': 'none',
    // Set the name.
    '-b, --boot': 'denied',
    '-F, --file': 'denied',
  },
};
