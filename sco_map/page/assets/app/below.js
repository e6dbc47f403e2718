// Made from web/ by make web; sources e83b874ddfc81dffb5ee8124d6052024044508340c36d134945c0a07ee52b643
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
