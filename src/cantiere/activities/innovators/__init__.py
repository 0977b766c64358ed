"""Maps of innovators: who changes things in a territory, found by nomination, told by themselves."""
