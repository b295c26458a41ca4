import assert from 'node:assert/strict';
import { StruckLimits } from '../../../src/guest/tool-proxy/struck-limits.js';

describe('limits that struck', () => {
  function open(files: Record<string, string>) {
    const limits = new StruckLimits((file) => {
      const text = files[file];
      if (text === undefined) throw new Error(`ENOENT ${file}`);
      return text;
    });
    return { limits, files };
  }

  it('are told of once each, by control groups of either version', () => {
    const names = [
      ['/sys/fs/cgroup/memory.events', '/sys/fs/cgroup/pids.events'],
      ['/sys/fs/cgroup/memory/memory.oom_control', '/sys/fs/cgroup/pids/pids.events'],
    ] as const;
    for (const [memory, pids] of names) {
      const { limits, files } = open({ [memory]: 'oom 4\noom_kill 2\n', [pids]: 'max 7\n' });
      assert.deepEqual(limits.take(), []);
      files[memory] = 'oom 5\noom_kill 3\n';
      assert.match(limits.take().join(), /out of memory.*memoryMb/);
      assert.deepEqual(limits.take(), []);
      files[pids] = 'max 9\n';
      files[memory] = 'oom 9\noom_kill 4\n';
      assert.equal(limits.take().length, 2);
    }
  });

  it('are not told of where nothing is counted', () => {
    const { limits, files } = open({});
    assert.deepEqual(limits.take(), []);
    files['/sys/fs/cgroup/memory.events'] = 'oom_kill many\n';
    assert.deepEqual(limits.take(), []);
  });
});
