// Lets records and init accessors compile for netstandard2.0; newer frameworks have this type themselves.
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit;
