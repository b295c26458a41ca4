import { Ajv2020 } from 'ajv/dist/2020.js';

/** Compiles the JSON Schemas that clients are given; strict, so that an unknown keyword fails. */
export const ajv = new Ajv2020({ strict: true });
