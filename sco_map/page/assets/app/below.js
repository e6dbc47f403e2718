// Made from web/ by make web; sources 2872b57039b0168641d69e523b068cd404cc1281251e9b6832c8e9ab166cb6ce
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
