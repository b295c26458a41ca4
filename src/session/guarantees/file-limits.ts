import { failed, type Guarantee, notProvable, proven } from './guarantee.js';

/** Size of a file on disk, open files and core dumps are bounded for each process. */
export const fileLimits: Guarantee = {
  id: 'file-limits',
  title: 'File limits',
  check({ files }, { spec: { limits } }) {
    const text = files['/proc/self/limits'];
    if (text === undefined) return notProvable('the runtime does not show the limits of a process');
    const wanted = {
      'Max file size': limits.fileBytes,
      'Max open files': limits.openFiles,
      'Max core file size': 0,
    };
    for (const [name, atMost] of Object.entries(wanted)) {
      const line = text.split('\n').find((entry) => entry.startsWith(name));
      const hard = line?.slice(name.length).trim().split(/\s+/)[1] ?? 'missing';
      if (!/^\d+$/.test(hard) || Number(hard) > atMost)
        return failed(`${name} is ${hard} instead of ${atMost}`);
    }
    return proven('the kernel holds file size, open files and core dumps');
  },
};
