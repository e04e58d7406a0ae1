-- receipts: the receipt in an attached extract. Grain: delivery.
from delivered.extract.receipt
