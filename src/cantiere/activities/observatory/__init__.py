"""The observatory: the census of participatory processes, their records, the toolbox drawn from them."""
