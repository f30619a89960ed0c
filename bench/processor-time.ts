/**
 * Of the thread that answers; what the garbage collector's helpers do beside it keeps nobody waiting. The first call
 * makes the system count up to this moment for the second.
 */
export function processorTime(): number {
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
