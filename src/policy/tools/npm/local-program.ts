/** A program of node_modules: no shell, no tool of the system, nothing that is fetched from an address. */
export const localProgram =
  /^(?!(?:sh|bash|dash|zsh|ksh|fish|csh|busybox|env|sudo|su|curl|wget|nc|ncat|netcat|ssh|scp|rsync|perl|ruby|php|lua|python[\d.]*|eval|exec|xargs|find|docker|git)(?:@|$))(?:@[\w.-]+\/)?[\w.-]+(?:@[\w.^~<>=*-]+)?$/i;

/** A package's name and version, or a folder of the workspace: no address. */
export const localPackage =
  /^(?:(?:@[\w.-]+\/)?[\w.-]+(?:@[\w.^~<>=*|-]+)?|\.{1,2}(?:\/[\w./@-]*)?|file:[\w./@-]+)$/;
