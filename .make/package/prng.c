/* Wine 8 and older lack bcryptprimitives.dll, which every Go program asks for randomness. This
   stands in for it where the programs are tried; it is not packaged. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PUCHAR out, SIZE_T n) { return RtlGenRandom(out, (ULONG)n); }
