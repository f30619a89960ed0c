import { machine, release, type, version } from "node:os";
import type { PythonEnvironment } from "../project/project.ts";
import type { MarkerEnvironment } from "../requirements/marker.ts";

/** The marker variables (PEP 508) of an environment on this machine, without running its Python. */
export function markersOf(environment: PythonEnvironment | undefined): MarkerEnvironment {
  return { ...platform(), ...(environment?.version === undefined ? {} : pythonOf(environment, environment.version)) };
}

function platform(): MarkerEnvironment {
  const isWindows = process.platform === "win32";
  return {
    os_name: isWindows ? "nt" : "posix",
    sys_platform: process.platform,
    platform_system: isWindows ? "Windows" : type(),
    // Python on Windows says AMD64 and ARM64.
    platform_machine: isWindows ? machine().replace("x86_64", "AMD64").replace("arm64", "ARM64") : machine(),
    platform_release: release(),
    platform_version: version(),
    extra: "",
  };
}

function pythonOf({ python }: PythonEnvironment, full: string): MarkerEnvironment {
  const isPypy = /pypy/i.test(python);
  return {
    python_full_version: full,
    python_version: full.split(".").slice(0, 2).join("."),
    platform_python_implementation: isPypy ? "PyPy" : "CPython",
    implementation_name: isPypy ? "pypy" : "cpython",
    ...(isPypy ? {} : { implementation_version: full }),
  };
}
