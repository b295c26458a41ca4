import { AirlockError, describeError, errors } from '../../base/errors.js';

interface EngineFault {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly json?: unknown;
}

/** What dockerode threw, as an error that the user can act on. */
export function translateError(call: string, endpoint: string, error: unknown): AirlockError {
  if (error instanceof AirlockError) return error;
  const fault: EngineFault = typeof error === 'object' && error !== null ? error : {};
  switch (fault.code) {
    case 'ENOENT':
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ECONNRESET':
      return errors.engineMissing(endpoint, error);
    case 'EACCES':
    case 'EPERM':
      return errors.enginePermission(endpoint, error);
    default:
      return errors.engineFailed(call, messageOf(error, fault), error);
  }
}

export function isStatus(error: unknown, status: number): boolean {
  return typeof error === 'object' && error !== null && (error as EngineFault).statusCode === status;
}

function messageOf(error: unknown, fault: EngineFault): string {
  const { json } = fault;
  if (typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string') {
    return json.message.slice(0, 500);
  }
  return describeError(error).slice(0, 500);
}
