// Types for TypeScript; what each limit is for stands in timeouts.js.
export const hangLimitMs: number;
export const requestDeadlineMs: number;
export const healthCheckLimitMs: number;
export const proxyReadTimeoutMs: number;
export const proxyNextUpstreamTimeoutMs: number;
export const proxyKeepAliveMs: number;
export const quietPeriodMs: number;
export const keepAliveTimeoutMs: number;
export const headersTimeoutMs: number;
export const requestTimeoutMs: number;
export const drainCapMs: number;
export const killTimeoutMs: number;
export const listenTimeoutMs: number;
export const stopGracePeriodMs: number;
export const crashDrainCapMs: number;
export const bootLimitMs: number;
export const shedLoopDelayMs: number;
