import assert from 'node:assert/strict';
import { SessionTracker } from '../../../src/ui/session-tracker.js';

describe('the window’s one run', () => {
  it('has one place, taken before anything is awaited and given back when the run never started', () => {
    const tracker = new SessionTracker();
    assert.equal(tracker.reserve(), true);
    assert.equal(tracker.reserve(), false);
    tracker.release();
    assert.equal(tracker.reserve(), true);
  });
});
