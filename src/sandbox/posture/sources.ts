/** Section numbers as since 1.6.0, where swarm mode became 5.1. */
export const cis = (section: string) => `CIS Docker Benchmark 1.6.0, ${section}`;
export const owasp = (rule: number) => `OWASP Docker Security Cheat Sheet, rule ${rule}`;
export const nsa = (item: string) => `NSA/CISA Kubernetes Hardening Guide 1.2, Pod security: ${item}`;
export const podSecurity = (control: string) => `Kubernetes Pod Security Standards, ${control}`;
