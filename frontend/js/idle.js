export function watchIdle() {}
