// What is known of Docker Engine (Moby), containerd and runc. Ranges, ratings and days are those of the projects' own
// advisories (GHSA), of the Go vulnerability database (OSV) and of the CVE list; an entry says which. What could not be
// checked there is left out. Of gVisor there is none: the Engine API does not tell which version of it is used.
import { containerdAdvisories } from './containerd.js';
import { engineAdvisories } from './engine.js';
import { runcAdvisories } from './runc.js';

/** When the sources were last looked through. */
export const lookedThrough = '2026-12-01';

export const advisories = [...engineAdvisories, ...containerdAdvisories, ...runcAdvisories];
