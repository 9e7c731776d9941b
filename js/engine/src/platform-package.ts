/**
 * The package that brings the addon to a platform, by Node's names for its system and processor.
 * One that is not listed gets none, and runs WebAssembly.
 */
export interface PlatformPackage {
  readonly name: string;
  readonly os: string;
  readonly cpu: string;
  /** As npm names it: a package is not installed where the C library is another. */
  readonly libc?: 'glibc';
}

export const platformPackages: readonly PlatformPackage[] = [
  { name: '@firn/native-linux-x64-gnu', os: 'linux', cpu: 'x64', libc: 'glibc' },
];

export function platformPackageFor(os: string, cpu: string): PlatformPackage | undefined {
  return platformPackages.find((platform) => platform.os === os && platform.cpu === cpu);
}
