/**
 * A product export as Shopify writes it, with what makes such files hard: variants over rows, further rows that only
 * carry images, empty option columns, quotes, line breaks and HTML in fields, Thai and accents, an oversold count, a
 * product that is not tracked, a draft, columns nobody else knows.
 */
export const SHOPIFY_EXPORT = `Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option1 Linked To,Option2 Name,Option2 Value,Option2 Linked To,Option3 Name,Option3 Value,Option3 Linked To,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Fulfillment Service,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Unit Price Total Measure,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,SEO Title,SEO Description,Google Shopping / Condition,Variant Image,Variant Weight Unit,Variant Tax Code,Cost per item,Status
brass-lamp,"Brass ""Aladdin"" lamp","<p>Brass, 1960s.<br>
Works &amp; shines. <strong>It's</strong> old.</p><script>alert('no')</script>",Old Light,Home & Garden > Lighting > Lamps,Lamps,"brass, lamp, vintage",true,Size,Small,,Finish,Matte,,,,,LAMP-S-M,1200,shopify,3,deny,manual,45.00,60.00,true,true,,4006381333931,https://cdn.example.com/lamp-1.jpg?v=1,1,"A lamp, lit",false,"Lamp, buy it",,new,https://cdn.example.com/lamp-1.jpg?v=1,kg,,12.50,active
brass-lamp,,,,,,,,,Small,,,Glossy,,,,,LAMP-S-G,1200,shopify,-2,deny,manual,47.50,,true,true,,,https://cdn.example.com/lamp-2.jpg,2,,,,,,,kg,,,
brass-lamp,,,,,,,,,Large,,,Matte,,,,,'0042,2400,shopify,0,continue,manual,90.00,,true,true,,,,,,,,,,,g,,,
brass-lamp,,,,,,,,,,,,,,,,,,,,,,,,,,,,,https://cdn.example.com/lamp-3.jpg,3,,,,,,,,,,
cafe-table,Café table “Niño”,<ul><li>Roble</li><li>Año 1950</li></ul>,Muebles Ñandú,,Home,,true,Title,Default Title,,,,,,,,CAFÉ-1,15000,,,deny,manual,1299.90,,true,true,,,,,,false,,,,,kg,,,active
khom-fai,โคมไฟตั้งโต๊ะ ทองเหลือง,<p>โคมไฟเก่า สภาพดี ใช้งานได้</p>,ร้านไฟเก่า,,Home,"โคมไฟ, ของเก่า",true,Title,Default Title,,,,,,,,TH-1,800,shopify,1,deny,manual,990.00,1200.00,true,true,,,,,,false,,,,,g,,,active
drafty,Draft desk,,Old Light,,Home,,false,Title,Default Title,,,,,,,,,0,shopify,4,deny,manual,10.00,,true,true,,,,,,false,,,,,kg,,,draft
five-cloths,Five cloths,"Line one
Line two, with ""quotes"" and a ; semicolon",Old Light,,Home,cloth,true,Color,Red,,,,,,,,CL-R,50,shopify,10,deny,manual,5.00,,true,false,,,,,,false,,,,,g,,,active
five-cloths,,,,,,,,,Blue,,,,,,,,CL-B,50,shopify,11,deny,manual,5.00,,true,false,,,,,,,,,,,g,,,
`;
